"""Every page holds together what French holds together, whoever wrote its sentences and wherever they come from."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.http import FileResponse, HttpResponse, JsonResponse, StreamingHttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from escale.core.documents.typography import typeset
from escale.web.typesetting import typeset_answer, typeset_page
from tests.web.cast import Cast
from tests.web.reading import plain


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<p>Que faire ? Appeler : 03 53 01 04 00.</p>", "<p>Que faire^? Appeler~: 03~53~01~04~00.</p>"),
        ("<b>Oisy</b> : le <b>8</b> mars", "<b>Oisy</b>~: le <b>8</b> mars"),
        ("« <em>Merci</em> »", "«~<em>Merci</em>~»"),
        ("<li>Le mardi 8 décembre 2026, 9 h – 12 h ;</li>", "<li>Le mardi 8~décembre 2026, 9^h~–~12^h^;</li>"),
        ('<a title="Oui ; non" href="/a ; b">Non !</a>', '<a title="Oui ; non" href="/a ; b">Non^!</a>'),
        ("<td>12</td> <td>km</td>", "<td>12</td> <td>km</td>"),
        ("<textarea>Moi ? Non : toi</textarea>", "<textarea>Moi ? Non : toi</textarea>"),
        ('<script type="application/json">{"a" : "b ;"}</script>', '<script type="application/json">{"a" : "b ;"}</script>'),
        ("<pre>a : b</pre><code>c ; d</code>", "<pre>a : b</pre><code>c ; d</code>"),
        ("<!-- a ; b --><p>c ; d</p>", "<!-- a ; b --><p>c^; d</p>"),
        ("Une phrase &amp; une autre ; rien", "Une phrase &amp; une autre^; rien"),
        ("<svg><title>10 000 habitants</title></svg>", "<svg><title>10^000~habitants</title></svg>"),
        ("un \ue000 deux ; trois", "un \ue000 deux^; trois"),
        ("", ""),
    ],
)
def test_text_is_held_and_nothing_else(written: str, shown: str) -> None:
    assert typeset_page(written) == shown.replace("~", "\u00a0").replace("^", "\u202f")


PIECES = ["<p>", "</p>", "<b x='a ; b'>", "</b>", "<textarea>", "</textarea>", "<", ">", " ", " ;", "« ", " »", "9 h", "\ue000"]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_a_page_keeps_all_but_its_spaces_and_a_second_pass_changes_nothing(page: str) -> None:
    once = typeset_page(page)

    assert typeset_page(once) == once
    assert "".join(once.split()) == "".join(page.split())
    assert _tags(once) == _tags(page)


def test_a_file_and_what_streams_are_left_alone() -> None:
    answers = [
        JsonResponse({"a": "b ; c"}),
        HttpResponse("a ; b", content_type="text/csv; charset=utf-8"),
        HttpResponse("<p>a ; b</p>", headers={"Content-Encoding": "gzip"}),
    ]
    streams = [StreamingHttpResponse(["<p>a ; b</p>"]), FileResponse(iter([b"<p>a ; b</p>"]), content_type="text/html")]
    before = [one.content for one in answers]

    for one in (*answers, *streams):
        typeset_answer(one)

    assert [one.content for one in answers] == before
    assert [b"".join(one) for one in streams] == [b"<p>a ; b</p>"] * 2


def test_pages_and_their_parts_leave_held_together(cast: Cast) -> None:
    kept, refused = Client().get("/communes/oisy/"), Client().get("/nulle-part/")

    for answer in (kept, refused):
        shown = answer.content.decode()
        assert "Accessibilité\u00a0: non conforme" in shown
        assert "Accessibilité : non conforme" in plain(answer)
        assert typeset_page(shown) == shown


def test_what_is_typed_comes_back_as_it_was_typed(cast: Cast) -> None:
    shown = Client().get("/", {"q": "Oisy ; ou ailleurs ?"}).content.decode()

    assert 'value="Oisy ; ou ailleurs ?"' in shown
    assert typeset("« Oisy ; ou ailleurs ? »") in shown


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))


def _tags(page: str) -> list[object]:
    reader = _Tags()
    reader.feed(page)
    return reader.found
