"""The page and the styles of DOCX and ODT: those of pandoc, on A4, with a title of the size of a title and room to sign."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from functools import lru_cache

import pypandoc

PARTY, SIGNATORY, LEAD, NOTE = "Signature Party", "Signature Person", "Lead", "Note"
SENDER, RECIPIENT, ABOVE, SUBJECT = "Letter Sender", "Letter Recipient", "Letter Above", "Letter Subject"
ABOVE_SIGNATURE = "Above Signature"
"""Styles that pandoc does not have: the party and the person of a signature, what matters most and less, the head of a letter."""

_DOCX_STYLE = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="{id}">'
    '<w:name w:val="{name}"/><w:basedOn w:val="BodyText"/>{look}</w:style>'
)
_DOCX_STYLES = "".join(
    _DOCX_STYLE.format(id=name.replace(" ", ""), name=name, look=look)
    for name, look in {
        PARTY: '<w:pPr><w:keepNext/><w:spacing w:before="480" w:after="1300"/></w:pPr>',
        SIGNATORY: '<w:pPr><w:keepLines/><w:spacing w:before="0" w:after="0"/></w:pPr>',
        LEAD: '<w:rPr><w:b/><w:sz w:val="28"/></w:rPr>',
        NOTE: '<w:rPr><w:sz w:val="18"/></w:rPr>',
        SENDER: '<w:pPr><w:spacing w:before="0" w:after="240"/></w:pPr>',
        RECIPIENT: '<w:pPr><w:spacing w:before="0" w:after="480"/><w:ind w:left="4820"/></w:pPr>',
        ABOVE: '<w:pPr><w:spacing w:before="0" w:after="360"/></w:pPr>',
        ABOVE_SIGNATURE: "<w:pPr><w:keepNext/></w:pPr>",
        SUBJECT: '<w:pPr><w:spacing w:before="0" w:after="360"/></w:pPr><w:rPr><w:b/></w:rPr>',
    }.items()
)
_ODT_STYLE = (
    '<style:style style:name="{id}" style:display-name="{name}" style:family="paragraph"'
    ' style:parent-style-name="Text_20_body">{look}</style:style>'
)
_ODT_STYLES = "".join(
    _ODT_STYLE.format(id=name.replace(" ", "_20_"), name=name, look=look)
    for name, look in {
        PARTY: '<style:paragraph-properties fo:keep-with-next="always" fo:margin-top="0.8cm" fo:margin-bottom="2.2cm"/>',
        SIGNATORY: '<style:paragraph-properties fo:margin-top="0cm" fo:margin-bottom="0cm"/>',
        LEAD: '<style:text-properties fo:font-size="14pt" fo:font-weight="bold"/>',
        NOTE: '<style:text-properties fo:font-size="9pt"/>',
        SENDER: '<style:paragraph-properties fo:margin-top="0cm" fo:margin-bottom="0.4cm"/>',
        RECIPIENT: '<style:paragraph-properties fo:margin-top="0cm" fo:margin-bottom="0.8cm" fo:margin-left="8.5cm"/>',
        ABOVE: '<style:paragraph-properties fo:margin-top="0cm" fo:margin-bottom="0.6cm"/>',
        ABOVE_SIGNATURE: '<style:paragraph-properties fo:keep-with-next="always"/>',
        "Subtitle": (
            '<style:paragraph-properties fo:text-align="center" fo:margin-bottom="0.6cm"/>'
            '<style:text-properties fo:font-size="12pt" fo:font-weight="bold"/>'
        ),
        SUBJECT: (
            '<style:paragraph-properties fo:margin-top="0cm" fo:margin-bottom="0.6cm"/>'
            '<style:text-properties fo:font-weight="bold"/>'
        ),
        "Title": (
            '<style:paragraph-properties fo:text-align="center"/>'
            '<style:text-properties fo:font-size="16pt" fo:font-weight="bold"/>'
        ),
        "Page Break": '<style:paragraph-properties fo:break-before="page"/>',
    }.items()
)

_CHANGES: dict[str, dict[str, dict[str, str]]] = {
    "docx": {
        "word/document.xml": {
            "</w:footnotePr>": '</w:footnotePr><w:pgSz w:w="11906" w:h="16838"/>'
            '<w:pgMar w:top="1134" w:right="1304" w:bottom="1134" w:left="1304" w:header="709" w:footer="709" w:gutter="0"/>'
        },
        "word/styles.xml": {
            '<w:color w:val="0F4761" w:themeColor="accent1"\n      w:themeShade="BF" />': '<w:b/><w:color w:val="20242E"/>',
            '<w:sz w:val="28" />\n      <w:szCs w:val="28" />': '<w:sz w:val="22" /><w:szCs w:val="22" />',
            '<w:sz w:val="32" />\n      <w:szCs w:val="32" />': '<w:sz w:val="23" /><w:szCs w:val="23" />',
            '<w:sz w:val="40" />\n      <w:szCs w:val="40" />': '<w:sz w:val="26" /><w:szCs w:val="26" />',
            '<w:sz w:val="56" />': '<w:sz w:val="32" />',
            '<w:szCs w:val="56" />': '<w:szCs w:val="32" />',
            '<w:sz w:val="24" />\n        <w:szCs w:val="24" />': '<w:sz w:val="22" /><w:szCs w:val="22" />',
            "</w:styles>": f"{_DOCX_STYLES}</w:styles>",
        },
    },
    "odt": {
        "styles.xml": {
            'fo:page-width="8.5in"': 'fo:page-width="21cm"',
            'fo:page-height="11in"': 'fo:page-height="29.7cm"',
            'fo:font-size="14pt"\n      fo:font-style="italic" fo:font-weight': 'fo:font-size="12pt" fo:font-weight',
            'fo:font-size="14pt"\n      fo:font-weight': 'fo:font-size="11pt" fo:font-weight',
            'fo:font-size="115%"': 'fo:font-size="13pt"',
            "</office:styles>": f"{_ODT_STYLES}</office:styles>",
        },
    },
}

PAGE_BREAKS = {
    "docx": ("openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'),
    "odt": ("opendocument", '<text:p text:style-name="Page_20_Break"/>'),
}
"""What begins a new page, as pandoc takes it in each format."""


@lru_cache
def reference(file_format: str) -> bytes:
    """Return the file whose page and styles pandoc copies into each document of a format."""
    done = subprocess.run(  # noqa: S603
        [pypandoc.get_pandoc_path(), "--print-default-data-file", f"reference.{file_format}"], check=True, capture_output=True
    )
    changes = _CHANGES[file_format]
    return rewritten(done.stdout, lambda name, content: _changed(name, content, changes.get(name, {})))


def rewritten(archive: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return a DOCX or ODT each file of which is changed by a function of its name and its content."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(out, "w") as after:
        for info in before.infolist():
            # The order, the dates and what is not compressed stay: the first file of an ODT says what it is.
            after.writestr(info, change(info.filename, before.read(info)))
    return out.getvalue()


def _changed(name: str, content: bytes, changes: Mapping[str, str]) -> bytes:
    for old, new in changes.items():
        if old.encode() not in content:
            # Pandoc changed its styles: better no document than one on a page of another size.
            raise LookupError(f"{name} : {old}")
        content = content.replace(old.encode(), new.encode())
    return content
