"""A logo is a picture and nothing else."""

import re
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from domain.branding.pictures import LogoUnusable, parse_picture

SECRET = b"where it was taken"


def drawn(kind, size=(64, 32), mode="RGB", **more):
    image, file = Image.new(mode, size, "#1a56a8"), BytesIO()
    for x in range(0, size[0], 3):
        image.putpixel((x, x % size[1]), (x % 255, 9, 9, 255)[: len(mode)])
    image.save(file, kind, **more)
    return file.getvalue()


def exif():
    kept = Image.Exif()
    kept[0x010E] = SECRET.decode()
    return kept


def why(data):
    with pytest.raises(LogoUnusable) as refusal:
        parse_picture(data)
    (problem,) = refusal.value.problems
    assert problem.field == "logo"
    return problem.message


def pixels(data):
    return Image.open(BytesIO(data)).convert("RGBA").tobytes()


def with_text():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET.decode())
    return drawn("PNG", pnginfo=info, exif=exif())


PICTURES = {
    "png": with_text(),
    "png see-through": drawn("PNG", mode="RGBA", exif=exif()),
    "jpeg": drawn("JPEG", exif=exif(), comment=SECRET),
    "jpeg progressive": drawn("JPEG", progressive=True, exif=exif(), restart_marker_rows=1),
    "webp": drawn("WEBP", exif=exif(), xmp=SECRET),
    "webp lossless": drawn("WEBP", lossless=True, exif=exif()),
    "webp see-through": drawn("WEBP", mode="RGBA", exif=exif()),
    "webp plain": drawn("WEBP"),
    "webp plain lossless": drawn("WEBP", lossless=True),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_kept_and_what_is_said_beside_it_is_not(name):
    data = PICTURES[name]
    kept = parse_picture(data + SECRET)
    assert (kept.width, kept.height) == (64, 32)
    assert kept.media_type == f"image/{name.split()[0]}"
    assert kept.suffix == name.split()[0]
    assert SECRET not in kept.data
    assert b"Exif" not in kept.data
    assert pixels(kept.data) == pixels(data)
    assert parse_picture(kept.data) == kept


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html>",
        b"%PDF-1.7",
        drawn("GIF"),
        drawn("BMP"),
    ],
)
def test_only_png_jpeg_and_webp_are_logos(data):
    assert why(data) == "Give a PNG, JPEG or WebP picture."


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_that_is_cut_off_is_refused_wherever_it_is_cut(name):
    whole = parse_picture(PICTURES[name]).data
    for end in range(12, len(whole) - 1, 5):
        assert why(whole[:end]) in {"The file is cut off or damaged.", "Give a PNG, JPEG or WebP picture."}, end


def test_a_damaged_png_is_refused():
    data = bytearray(PICTURES["png"])
    data[20] ^= 1
    assert why(bytes(data)) == "The file is cut off or damaged."
    assert why(data[:8] + data[33:]) == "The file is cut off or damaged."


@pytest.mark.parametrize("name", PICTURES)
@given(noise=st.data())
def test_whatever_is_changed_is_a_picture_or_refused(name, noise):
    data = bytearray(PICTURES[name])
    for _ in range(noise.draw(st.integers(1, 4))):
        data[noise.draw(st.integers(0, len(data) - 1))] = noise.draw(st.integers(0, 255))
    try:
        kept = parse_picture(bytes(data))
    except LogoUnusable:
        return
    assert kept.media_type in {"image/png", "image/jpeg", "image/webp"}


def test_a_jpeg_may_fill_up_between_its_parts():
    data = PICTURES["jpeg"]
    filled = data[:2] + b"\xff\xff" + data[2:]
    assert parse_picture(filled) == parse_picture(data)


def test_a_jpeg_that_does_not_say_its_size_is_refused():
    data = PICTURES["jpeg"]
    frame = data.index(b"\xff\xc0")
    size = int.from_bytes(data[frame + 2 : frame + 4])
    assert why(data[:frame] + data[frame + 2 + size :]) == "The file is cut off or damaged."


@pytest.mark.parametrize("name", ["webp plain", "webp plain lossless"])
def test_a_webp_without_the_mark_of_its_kind_is_refused(name):
    data = PICTURES[name]
    broken = data.replace(b"\x9d\x01\x2a", b"abc", 1) if name == "webp plain" else data[:20] + b"\0" + data[21:]
    assert why(broken) == "The file is cut off or damaged."


@pytest.mark.parametrize(("size", "side"), [((15, 40), "15 by 40"), ((40, 2001), "40 by 2001")])
def test_a_picture_too_small_to_see_or_too_large_to_need_is_refused(size, side):
    assert why(drawn("PNG", size)) == f"It is {side} pixels; each side has 16 to 2000."


def test_a_picture_too_heavy_for_a_page_is_refused():
    image, file = Image.effect_noise((200, 200), 90), BytesIO()
    image.save(file, "PNG")
    assert re.fullmatch(r"It has \d\d KiB; a logo has at most 24, .* Make it smaller\.", why(file.getvalue()))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_that_moves_is_refused(kind):
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "blue")]
    file = BytesIO()
    frames[0].save(file, kind, save_all=True, append_images=frames[1:])
    assert why(file.getvalue()) == "It moves; give a still picture."
