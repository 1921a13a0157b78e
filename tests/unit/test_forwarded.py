"""Behind proxies a visitor's address is the one our own proxies heard, and no caller can make one up."""

import pytest

from adapters.inbound.http.forwarded import Proxies, networks_in

OURS = networks_in("10.0.0.0/8, 2001:db8:ffff::/48")


def caller(*lines, peer="10.0.0.1", networks=OURS, header="x-forwarded-for"):
    scope = {
        "client": (peer, 40_000) if peer else None,
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in lines],
    }
    found = Proxies(networks=networks, header=header).caller(scope)
    return found and found[0]


def forwarded_for(*values, **more):
    return caller(*(("x-forwarded-for", value) for value in values), **more)


def test_without_a_trusted_proxy_nothing_a_caller_says_is_believed():
    assert forwarded_for("203.0.113.7", networks=()) == "10.0.0.1"
    assert forwarded_for("203.0.113.7", peer="198.51.100.1") == "198.51.100.1"
    assert forwarded_for("203.0.113.7", peer=None) is None
    assert forwarded_for("203.0.113.7", peer="a-socket") == "a-socket"


def test_behind_one_proxy_the_visitor_is_whom_it_heard():
    assert forwarded_for("203.0.113.7") == "203.0.113.7"
    assert forwarded_for() == "10.0.0.1"
    assert forwarded_for("203.0.113.7", peer="::ffff:10.0.0.1") == "203.0.113.7"


def test_what_a_visitor_claims_before_the_proxy_does_not_count():
    assert forwarded_for("1.2.3.4, 203.0.113.7") == "203.0.113.7"
    assert forwarded_for("1.2.3.4", "203.0.113.7") == "203.0.113.7"
    assert forwarded_for("10.0.0.9, 203.0.113.7") == "203.0.113.7"


def test_several_of_our_proxies_are_passed_over():
    assert forwarded_for("1.2.3.4, 203.0.113.7, 10.0.0.2, 2001:db8:ffff::2") == "203.0.113.7"
    assert forwarded_for("10.0.0.3, 10.0.0.2") == "10.0.0.3"


@pytest.mark.parametrize("nonsense", ["unknown", "_hidden", "", "203.0.113.7.8", "<script>", "999.1.1.1", "[::1"])
def test_where_a_proxy_does_not_know_whom_it_heard_it_stands_for_them(nonsense):
    assert forwarded_for(f"203.0.113.7, {nonsense}") in {"10.0.0.1", "203.0.113.7"}
    assert forwarded_for(f"203.0.113.7, {nonsense or 'x'}, 10.0.0.2") == "10.0.0.2"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("203.0.113.7:4711", "203.0.113.7"),
        ("[2001:db8::7]:4711", "2001:db8::7"),
        ("2001:db8::7", "2001:db8::7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
    ],
)
def test_ports_and_brackets_do_no_harm(text, address):
    assert forwarded_for(text) == address


@pytest.mark.parametrize(
    ("lines", "address"),
    [
        (['for=203.0.113.7;proto=https;by="10.0.0.1"'], "203.0.113.7"),
        (['For="[2001:db8::7]:4711"'], "2001:db8::7"),
        (["for=1.2.3.4, for=203.0.113.7"], "203.0.113.7"),
        (["for=1.2.3.4", "proto=https; for=203.0.113.7, for=10.0.0.2"], "203.0.113.7"),
        (['for="a, b", for=203.0.113.7'], "203.0.113.7"),
        (["for=203.0.113.7, for=_hidden"], "10.0.0.1"),
        (["for=203.0.113.7, proto=https"], "10.0.0.1"),
        (['for="203.0.113.7, for=1.2.3.4'], "1.2.3.4"),
    ],
)
def test_the_standard_header_says_the_same(lines, address):
    assert caller(*(("forwarded", line) for line in lines), header="forwarded") == address


def test_the_header_our_proxies_do_not_write_is_the_visitors_own_and_is_ignored():
    both = (("forwarded", "for=1.2.3.4"), ("x-forwarded-for", "203.0.113.7"))
    assert caller(*both) == "203.0.113.7"
    assert caller(both[0]) == "10.0.0.1"
    assert caller(*both, header="forwarded") == "1.2.3.4"


def test_a_list_without_end_is_not_read_to_its_end():
    assert forwarded_for("203.0.113.7, " + ", ".join(["10.0.0.2"] * 40)) == "10.0.0.2"
