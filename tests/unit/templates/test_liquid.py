"""What customers write in Liquid: filled, escaped, and stopped before it costs anybody else."""

import time
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.outbound.rendering.liquid import LiquidRenderer
from application.templates.ports import RenderingFailed, TemplateBroken
from domain.addresses import Channel
from domain.messages import Content

QUICKLY = 2.0
RENDERER = LiquidRenderer()


def sms(text: str, **values: object) -> str:
    return RENDERER.render(Content(text=text), Channel.SMS, values).text


def email(html: str, *, subject: str = "News", **values: object) -> Content:
    return RENDERER.render(Content(text="News", subject=subject, html=html), Channel.EMAIL, values)


def test_a_template_is_filled_with_its_variables():
    text = "Acme: {{ percent }}% off, {{ name }}.{% for shop in shops %} {{ shop | upcase }}{% endfor %}"
    assert RENDERER.variables(Content(text=text), Channel.SMS) == ("name", "percent", "shops")
    assert sms(text, percent=20, name="Pat", shops=["mall", "harbour"]) == "Acme: 20% off, Pat. MALL HARBOUR"


def test_the_variables_of_every_part_are_found_and_those_it_makes_itself_are_not():
    content = Content(
        text="{{ a }}{% assign mine = b %}{{ mine }}",
        subject="{{ c }}",
        html="{% for item in d %}{{ item }}{{ forloop.last }}{% endfor %}{% capture e %}{{ f }}{% endcapture %}{{ e }}",
    )
    assert RENDERER.variables(content, Channel.EMAIL) == ("a", "b", "c", "d", "f")


def test_a_variable_may_have_any_name_the_language_uses_itself():
    assert sms("{{ partial }} {{ now }} {{ today }}", partial="a", now="b", today="c") == "a b c"


@pytest.mark.parametrize(
    ("form", "shown"),
    [("%B %-d, %Y", "November 3, 2026"), ("%Y-%m-%d %H:%M", "2026-11-03 09:05"), ("%I:%M %p", "09:05 AM")],
)
def test_a_date_is_shown_as_the_template_says(form, shown):
    assert sms("{{ on | date: '" + form + "' }}", on="2026-11-03T09:05:00") == shown


def test_a_line_ends_with_one_character_whatever_it_was_written_with():
    assert sms("a\r\n{{ name }}", name="b\rc\r\nd") == "a\nb\nc\nd"


def test_an_empty_value_gives_way_to_its_default():
    assert sms("Hi {{ name | default: 'there' }}", name="") == "Hi there"


def test_values_are_escaped_in_html_and_nowhere_else():
    found = email("<p>{{ name }}</p>", subject="{{ name }}", name="<b>Pat & Co</b>")
    assert found.html == "<p>&lt;b&gt;Pat &amp; Co&lt;/b&gt;</p>"
    assert found.subject == "<b>Pat & Co</b>"


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, _):
        self.found.append(tag)


NASTY = st.text(st.sampled_from("<>\"'&;/=ab scriptimg&lt;#x3C\n"), max_size=40)
WAYS = st.sampled_from(
    [
        "{{ v }}",
        "{{ v | upcase }}",
        "{{ v | replace: 'a', '<i>' }}",
        "{{ '<i>' | append: v }}",
        "{{ v | prepend: 'x' | strip | capitalize }}",
        "{% capture c %}{{ v }}{% endcapture %}{{ c }}",
        "{% assign c = v | append: v %}{{ c | slice: 2, 9 }}",
        "{% for i in l %}{{ i }}{% endfor %}",
        "{{ l | join: '<i>' }}",
        "{{ v | newline_to_br }}",
        "{{ v | escape }}{{ v | truncate: 7, v }}",
        "{{ v | remove: '&' | downcase }}{{ v | url_encode }}{{ v | default: v }}",
        '<a href="{{ v }}">x</a>',
    ]
)


@given(WAYS, NASTY)
def test_no_value_ever_becomes_a_tag(way, value):
    parser = Tags()
    parser.feed("." + (email(way, v=value, l=[value, value]).html or ""))
    assert set(parser.found) <= {"i", "br", "a"}


@given(NASTY)
def test_what_was_escaped_reads_as_it_was_written(value):
    assert unescape(email("<p>{{ v }}</p>", v=value).html or "") == f"<p>{value}</p>"


@given(st.text(st.sampled_from("ab \r\n\x0b\x0c\x1c\x1d\x85\u2028:"), min_size=1, max_size=30).filter(str.strip))
def test_a_subject_is_always_one_line(value):
    subject = email("x", subject="Hi {{ v }}", v=value).subject or ""
    assert len(subject.splitlines()) == 1


LOOP = "{% for a in l %}"
BOMBS = {
    "a loop in a loop in a loop": LOOP * 3 + "{% endfor %}" * 3,
    "many loops one after another": (LOOP * 2 + "x" + "{% endfor %}" * 2) * 40,
    "a loop that keeps what it makes": "{% assign x = 'aaaa' %}" + LOOP + "{% assign x = x | append: x %}{% endfor %}",
    "one expression that multiplies": "{{ 'aaaaaaaaaa' " + "| replace: 'a', 'aaaaaaaaaaaaaaaaaaaa' " * 10 + "}}",
    "one replacement of a hundred million characters": "{{ long | replace: 'x', long }}",
    "a number that grows": "{% assign n = 99999 %}{% for a in l %}{% assign n = n | times: n %}{% endfor %}{{ n }}",
    "a long value often": "{% for a in l %}{{ long }}{% endfor %}",
    "filters on a long value": "{% for a in l %}{{ long " + "| upcase | downcase " * 20 + "}}{% endfor %}",
    "captures of long texts": "{% for a in l %}{% for b in l %}{% capture c %}"
    + "x" * 3_000
    + "{% endcapture %}{% endfor %}{% endfor %}",
    "a store of long values": "".join(f"{{% assign kept_{number} = long %}}" for number in range(20)),
    "a store of long lists": "".join(f"{{% assign kept_{number} = lines | reverse %}}" for number in range(20)),
    "a format that fills the memory": "{{ '2026-11-03' | date: '%999999999d' }}",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
@pytest.mark.parametrize("html", [False, True])
def test_a_template_that_would_never_end_is_stopped_quickly(bomb, html):
    began = time.perf_counter()
    values = {"l": ["x"] * 100, "long": "x" * 10_000, "lines": ["x" * 100] * 100}
    fill = email if html else sms
    with pytest.raises(RenderingFailed):
        fill(bomb, **values)
    assert time.perf_counter() - began < QUICKLY


@pytest.mark.parametrize(
    "source",
    [
        "{{" * 50_000,
        "{%" * 50_000,
        "{% raw %}" * 11_000,
        "{{ " + " " * 90_000 + " }}",
        "{% else" + " " * 90_000 + "%}",
        "{{ " + "(" * 400 + " }}",
        "{{ " + "a[" * 200 + " }}",
        "{% if a %}" * 9_000,
        "{% comment %}" * 7_000,
    ],
    ids=lambda source: source[:12],
)
def test_a_text_that_would_keep_the_reader_busy_is_refused_quickly(source):
    began = time.perf_counter()
    with pytest.raises(TemplateBroken):
        RENDERER.variables(Content(text="x", subject="s", html=source), Channel.EMAIL)
    assert time.perf_counter() - began < QUICKLY


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("Hi {{ name", "Close {{ with }}"),
        ("a\nb {{ }}", "Line 2: Write a variable"),
        ("{% include 'secrets' %}", "unexpected tag 'include'"),
        ("{% render 'x' %}", "unexpected tag 'render'"),
        ("{% increment n %}", "unexpected tag 'increment'"),
        ("{% for i in (1..9) %}{% endfor %}", "ranges such as"),
        ("{{ contact.name }}", "Write a plain name such as user_name"),
        ("{{ list[name] }}", "Write a plain name such as user_name"),
        ("{{ name | base64_decode }}", "Leave out the filter base64_decode"),
        ("{{ name | safe }}", "Leave out the filter safe"),
        ("{{ name | append }}", "Give the filter append the values it takes"),
        ("{{ first-name }}", "Use letters, digits and _ in a name"),
        ("{{ forloop.index }}", "forloop inside a loop only"),
        ("{% break %}", "break and continue inside a loop only"),
        ("{% raw %}x{% endraw %}", "Leave out raw"),
        ("{% if a %}x", "expected tag endif"),
    ],
)
def test_a_template_that_cannot_be_read_says_where_and_what_to_write(source, told):
    with pytest.raises(TemplateBroken) as refusal:
        RENDERER.variables(Content(text=source), Channel.SMS)
    assert told in refusal.value.detail
    assert refusal.value.problems[0].field == "content.text"


@pytest.mark.parametrize(
    "source",
    [
        "{{ name | divided_by: 0 }}",
        "{{ name | date: '%B' }}",
        "{{ 5 | plus: name }}{{ names[7] }}",
        "{{ name | slice: name }}",
    ],
)
def test_a_failure_never_repeats_a_value(source):
    with pytest.raises(RenderingFailed) as refusal:
        sms(source, name="pat@example.com", names=["pat@example.com"])
    assert "pat@example.com" not in repr(refusal.value) + repr(refusal.value.problems)
    assert "line 1" in refusal.value.detail


def test_a_text_that_can_no_longer_be_read_says_so_instead_of_going_out():
    with pytest.raises(RenderingFailed, match=r"The text, line 2: Close \{\{"):
        sms("Hi\n{{ name")


def test_a_variable_left_out_stops_the_rendering_instead_of_leaving_a_gap():
    with pytest.raises(RenderingFailed, match="line 2, cannot be filled"):
        sms("Hi\n{{ name }}")


def test_a_text_without_words_is_not_sent():
    with pytest.raises(RenderingFailed, match="Give the text people will read"):
        sms("{{ name }}", name="  ")


def test_an_sms_longer_than_carriers_take_is_not_sent():
    with pytest.raises(RenderingFailed, match="more than 1600 characters"):
        sms("{{ name }}", name="é" * 1_601)
    assert len(sms("{{ name }}", name="漢" * 1_600)) == 1_600


@settings(max_examples=300)
@given(st.text(st.sampled_from("{}%|. abforinendifassign='\"()[]1,:-\n"), max_size=60))
def test_whatever_is_written_is_read_or_refused_in_words(source):
    try:
        names = RENDERER.variables(Content(text=source), Channel.SMS)
        outcome = sms(source, **dict.fromkeys(names, "x"))
    except (TemplateBroken, RenderingFailed) as refusal:
        outcome = refusal.detail
    assert outcome.strip()
