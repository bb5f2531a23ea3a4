"""Workbooks for the tests, part by part, so that each can be damaged on purpose."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
FORMATS = (
    "General",
    "h:mm",
    "[h]:mm:ss",
    "mm:ss",
    "yyyy-mm-dd",
    "0%",
    "0.00",
    "#,##0",
    '"$"#,##0',
    "h:mm AM/PM",
    "[mm]:ss",
    "h:mm:ss",
    "@",
    "d/m/yy h:mm",
    "hh:mm",
    "# ?/?",
    "m:ss",
)
"""By style number."""


def cell(reference: str, value: str, kind: str = "n", style: int = 0, formula: str = "") -> str:
    f = f"<f>{escape(formula)}</f>" if formula else ""
    return f'<c r="{reference}" t="{kind}" s="{style}">{f}<v>{escape(value)}</v></c>'


def text(reference: str, value: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def texts(number: int, *values: str) -> str:
    return row(number, *(text(f"{chr(65 + i)}{number}", value) for i, value in enumerate(values)))


def sheet(*rows: str, after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData>{after}</worksheet>'


def parts(
    sheets: Mapping[str, str],
    *,
    shared: str = "",
    properties: str = "",
    states: tuple[str, ...] = (),
) -> dict[str, str]:
    """The parts of a workbook with these sheets by name."""
    listed, related, files = "", "", {}
    for number, (name, content) in enumerate(sheets.items(), start=1):
        state = states[number - 1] if states else "visible"
        listed += (
            f'<sheet name={quoteattr(name)} sheetId="{number}" state="{state}" r:id="s{number}"/>'
        )
        related += (
            f'<Relationship Id="s{number}" Type="{REL}/worksheet"'
            f' Target="worksheets/sheet{number}.xml"/>'
        )
        files[f"xl/worksheets/sheet{number}.xml"] = content
    related += f'<Relationship Id="x" Type="{REL}/styles" Target="/xl/styles.xml"/>'
    related += f'<Relationship Id="t" Type="{REL}/theme" Target="theme/theme1.xml"/>'
    if shared:
        related += f'<Relationship Id="y" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/>'
        files["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{shared}</sst>'
    codes = "".join(
        f'<numFmt numFmtId="{200 + i}" formatCode={quoteattr(code)}/>'
        for i, code in enumerate(FORMATS)
    )
    styles = "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(len(FORMATS)))
    return {
        "_rels/.rels": f'<Relationships><Relationship Id="r" Type="{REL}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}">{properties}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships>{related}</Relationships>",
        "xl/styles.xml": f"<styleSheet><numFmts>{codes}</numFmts><cellStyleXfs><xf numFmtId='9'/>"
        f"</cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>",
        **files,
    }


def packed(files: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook(*rows: str, after: str = "", shared: str = "", properties: str = "") -> bytes:
    """A workbook with one sheet."""
    return packed(parts({"Guide": sheet(*rows, after=after)}, shared=shared, properties=properties))
