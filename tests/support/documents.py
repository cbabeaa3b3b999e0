"""Small documents of each kind, made by hand."""

from __future__ import annotations

import zipfile
from base64 import encodebytes
from io import BytesIO
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
}


def archive(files: dict[str, str | bytes]) -> bytes:
    """A ZIP archive of these files."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def docx(*paragraphs: str) -> bytes:
    """A word document."""
    body = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs)
    return archive({"word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'})


def xlsx(*cells: str, number: str = "4711") -> bytes:
    """A worksheet with shared strings, a text in its cell, and a number."""
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in cells)
    row = "".join(f'<c t="s"><v>{at + 900}</v></c>' for at in range(len(cells)))
    row += f'<c t="inlineStr"><is><t>inline</t></is></c><c><v>{number}</v></c>'
    return archive(
        {
            "xl/sharedStrings.xml": f'<sst xmlns="{_S}">{strings}</sst>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_S}"><sheetData><row>{row}</row></sheetData>'
            "</worksheet>",
        }
    )


def pptx(*slides: str, notes: str = "") -> bytes:
    """Slides, and notes of the first."""

    def slide(text: str) -> str:
        return f'<p:sld xmlns:p="{_P}" xmlns:a="{_A}"><a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p></p:sld>'

    files: dict[str, str | bytes] = {
        f"ppt/slides/slide{number}.xml": slide(text) for number, text in enumerate(slides, 1)
    }
    return archive(files | {"ppt/notesSlides/notesSlide1.xml": slide(notes)})


def odt(*paragraphs: str, title: str = "") -> bytes:
    """An OpenDocument text; sheets and slides have their text in the same elements."""
    body = "".join(f"<text:p>{escape(text)}</text:p>" for text in paragraphs)
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    return archive(
        {
            "mimetype": TYPES["odt"],
            "content.xml": f'<office:document-content xmlns:office="{office}"'
            f' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><style>hidden</style>{body}'
            "</office:document-content>",
            "meta.xml": f'<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></m>',
        }
    )


def pdf(text: str) -> bytes:
    """A page with one line of ASCII text."""
    stream = b"BT /F1 12 Tf 72 720 Td (%b) Tj ET" % text.encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, data in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, data)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(out))
    )


def letter(subject: str, *files: tuple[str, str, bytes]) -> bytes:
    """A message with these (name, type, bytes) attached."""
    parts = [b"Content-Type: text/plain\r\n\r\nplease find attached\r\n"]
    parts += [
        f'Content-Type: {kind}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'.encode()
        + encodebytes(data).replace(b"\n", b"\r\n")
        for name, kind, data in files
    ]
    head = (
        f"From: ann@example.test\r\nTo: bob@example.test\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="=b="\r\n\r\n'
    )
    return head.encode() + b"".join(b"--=b=\r\n%b\r\n" % part for part in parts) + b"--=b=--\r\n"
