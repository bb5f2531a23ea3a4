"""Files that are no text, and spreadsheets with something wrong: with every problem they have."""

from tests.guides.sheets import cell, packed, parts, row, sheet, text, texts, workbook

Found = list[tuple[int, str, str]]
"""Row, column and sentence of each problem."""

SAVE = "Save the guide as UTF-8 text; spreadsheet programs call that 'CSV UTF-8'."
ITEMS_500 = "A guide holds at most 500 items. Split it in two."
TYPES = (
    "The types are: speak, poll single select, poll multi select, ask opinion, ask experience"
    " multi select, onboarding single select, message, single choice, multiple choice, open text,"
    " number 0-120, number 0-10 step 0.5, scale 1-5."
)
UNREADABLE = "A quotation mark is missing or left over, here or above."
EMPTY = "The text is empty. Write what people should read."
NO_HEADER = "There is no header with the columns 'Item type' and 'Content' in the first 10 rows."

FILES: list[tuple[bytes, Found]] = [
    (b"", [(0, "", "The file is empty.")]),
    (b"\xef\xbb\xbf\r\n ", [(0, "", "The file is empty.")]),
    (
        b"x" * (5 * 1024 * 1024 + 1),
        [(0, "", "The file has more than 5 MB. Take out what is no guide.")],
    ),
    (
        b"PK\x03\x04\x14\0",
        [
            (
                0,
                "",
                "The workbook is damaged and cannot be opened. Save it again, or save the guide as"
                " CSV.",
            )
        ],
    ),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        [(0, "", f"The file is an old workbook (.xls). {SAVE}")],
    ),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        [
            (
                0,
                "",
                "The file is protected by a password. Take the password off and save it again.",
            )
        ],
    ),
    (b"\x89PNG\r\n\x1a\n", [(0, "", f"The file is a picture. {SAVE}")]),
    (b"\xff\xfe\0\0x\0\0\0", [(0, "", f"The file is text in UTF-32. {SAVE}")]),
    (b"items:\n- \xe9", [(0, "", f"Line 2 of the file is not UTF-8. {SAVE}")]),
    (b"a\rb\r\nc\xc3", [(0, "", f"Line 3 of the file is not UTF-8. {SAVE}")]),
    (b"\xff\xfea\0\0\xd8", [(0, "", f"Line 1 of the file is not UTF-16. {SAVE}")]),
    (b"\xfe\xff\0a\0", [(0, "", f"Line 1 of the file is not UTF-16. {SAVE}")]),
    (
        "Item type".encode("utf-16-le"),
        [(0, "", f"The file holds NUL characters: it is no text in UTF-8. {SAVE}")],
    ),
]

HEADER = "Item type (dropdown),Content,Duration,Randomize,Other,None of the above,Option 1,Option 2"
TEMPLATES: list[tuple[str, Found]] = [
    (
        "Dear all,\nthis  is no \n guide",
        [(0, "", f"{NO_HEADER} The file begins: Dear all, this is no guide")],
    ),
    (
        "\n\n\n\n\n\n\n\n\n\nType,Text\nspeak,A",
        [(0, "", f"{NO_HEADER} The file begins: Type,Text speak,A")],
    ),
    (
        "\nSection,Content,Colour,,Other\n",
        [
            (
                2,
                "",
                "There is no column 'Item type'. The header has: Section, Content, Colour, Other.",
            )
        ],
    ),
    (
        "Option 1",
        [
            (1, "", "There is no column 'Item type'. The header has: Option 1."),
            (1, "", "There is no column 'Content'. The header has: Option 1."),
        ],
    ),
    (
        "Type,Text,Item type,Option 1,option 01",
        [
            (1, "Item type", "Two such columns: A and C. Keep one."),
            (1, "option 01", "Two such columns: D and E. Keep one."),
        ],
    ),
    (f"\n{HEADER}\n,,\n", [(2, "", "There are no items below the header.")]),
    (
        f'{HEADER}\nspeak,\nspeak,"A\nspeak,B',
        [
            (2, "Content", EMPTY),
            (3, "", f"The row cannot be read (unexpected end of data). {UNREADABLE}"),
        ],
    ),
    (
        f'{HEADER}\n\nspeak,"A" B',
        [(3, "", f"The row cannot be read (',' expected after '\"'). {UNREADABLE}")],
    ),
    (
        f'"{HEADER}\nspeak,A',
        [(1, "", f"The row cannot be read (unexpected end of data). {UNREADABLE}")],
    ),
    (
        f"{HEADER}\nspeak,{'x' * 140_000}",
        [(2, "", f"The row cannot be read (field larger than field limit (131072)). {UNREADABLE}")],
    ),
    (
        f"{HEADER}\nspeak,A{',' * 2_000}x",
        [(2, "", "The row has more than 2,000 columns.")],
    ),
    (
        f"{HEADER}\nspeak,A" + "\n" * 20_000,
        [(20_001, "", "The file has more than 20,000 rows. Take out what is no guide.")],
    ),
    (f"{HEADER}\n" + "speak,A\n" * 501, [(502, "", ITEMS_500)]),
    (f"{HEADER}\n" + "speak,A\n" * 500 + "\n" * 19_499, []),
    (
        f"{HEADER}\nspeek,A,x,maybe,ja,nein\n,B\n,,,,yes\nscale 1-5 step 2,C",
        [
            (2, "Duration", "'x' is no duration. Write minutes and seconds: 1:30."),
            (2, "Randomize", "'maybe' is neither yes nor no. Write one."),
            (2, "Other", "'ja' is neither yes nor no. Write one."),
            (2, "None of the above", "'nein' is neither yes nor no. Write one."),
            (2, "Item type (dropdown)", f"'speek' is no type of item. {TYPES}"),
            (3, "Item type (dropdown)", f"The type is missing. {TYPES}"),
            (4, "Item type (dropdown)", f"The type is missing. {TYPES}"),
            (4, "Content", EMPTY),
            (5, "Item type (dropdown)", f"'scale 1-5 step 2' is no type of item. {TYPES}"),
        ],
    ),
    (
        f"{HEADER}\nspeak,A,00:00\nspeak,A,4:00:01\nspeak,A,241\nspeak,A,1:60\nspeak,A,1:5:00\nspeak,A,1.5",
        [
            (2, "Duration", "The duration must be between 1 second and 4 hours."),
            (3, "Duration", "The duration must be between 1 second and 4 hours."),
            (4, "Duration", "The duration must be between 1 second and 4 hours."),
            (5, "Duration", "'1:60' is no duration. Write minutes and seconds: 1:30."),
            (6, "Duration", "'1:5:00' is no duration. Write minutes and seconds: 1:30."),
            (7, "Duration", "'1.5' is no duration. Write minutes and seconds: 1:30."),
        ],
    ),
    (
        f"{HEADER}\npoll single select,A\n"
        "poll multi select,A,,,,,a, a,b,a\n"
        "poll multi select,A,,,,yes,a,None of the above\n"
        f"single choice,A,,,,,{'x' * 501}\n"
        f"single choice,A,,,,,{','.join(map(str, range(301)))}\n",
        [
            (2, "Option 1", "A choice without options. Add at least one option, or allow 'Other'."),
            (3, "Option 2", "Option 2 repeats option 1. Take one out."),
            (3, "column J", "Option 4 repeats option 1. Take one out."),
            (4, "None of the above", "Option 3 repeats option 2. Take one out."),
            (5, "Option 1", "Option 1 has 501 characters; 500 is the most. Shorten it."),
            (6, "Option 1", "A choice holds at most 300 options; this one has 301."),
        ],
    ),
    (
        "Type,Text\nsingle choice,A",
        [(2, "", "A choice without options. Add at least one option, or allow 'Other'.")],
    ),
    (
        f"{HEADER}\nnumber 5-1,A\nnumber 1-5 step 5,A\nnumber 0-1 step 0,A\nscale 1-20,A\n"
        f"scale 1-5,A,,,,,{'x' * 501},{'x' * 502}",
        [
            (2, "Item type (dropdown)", "The lowest number (5) must be below the highest (1)."),
            (3, "Item type (dropdown)", "The step must be above 0 and at most 4."),
            (4, "Item type (dropdown)", "The step must be above 0 and at most 1."),
            (
                5,
                "Item type (dropdown)",
                "A scale has from 2 to 11 points. For more, use a number.",
            ),
            (6, "Option 1", "The lowest label has 501 characters; 500 is the most. Shorten it."),
            (6, "Option 2", "The highest label has 502 characters; 500 is the most. Shorten it."),
        ],
    ),
    (
        f"Type,Text,Section,Tag,Notes\nspeak,{'x' * 4001},{'x' * 201},{'x' * 201},{'x' * 4001}",
        [
            (2, "Text", "The text has 4,001 characters; 4,000 is the most. Shorten it."),
            (2, "Section", "The section has 201 characters; 200 is the most. Shorten it."),
            (2, "Tag", "The tag has 201 characters; 200 is the most. Shorten it."),
            (2, "Notes", "The note has 4,001 characters; 4,000 is the most. Shorten it."),
        ],
    ),
    (
        "Type,Text\n" + f"speak,{'x' * 4000}\n" * 50,
        [(0, "", "The texts of the guide take more than 192 KiB. Split it in two.")],
    ),
    (
        "Type,Text\n" + "zzz,A\n" * 203,
        [
            *((row, "Type", f"'zzz' is no type of item. {TYPES}") for row in range(2, 202)),
            (202, "", "And 3 more. Put these right first."),
        ],
    ),
]

HEAD = texts(1, "Type", "Text", "Duration", "Option 1")
ODD = row(
    2,
    text("A2", "speak"),
    cell("B2", "#NAME?", "e"),
    cell("C2", "", formula="1"),
    text("D2", "x" * 32_768),
)
NO_SHEET = "No sheet has a header with the columns 'Item type' and 'Content' in its first 10 rows."
_PARTS = parts({"Guide": sheet(HEAD)})
WORKBOOKS: list[tuple[bytes, Found]] = [
    (workbook(), [(0, "", f"{NO_SHEET} The sheets are: 'Guide'.")]),
    (
        workbook(HEAD, ODD),
        [
            (2, "Text", "The cell shows an error (#NAME?). Write the text itself."),
            (
                2,
                "Duration",
                "A formula without a value. Save the workbook in a spreadsheet program, or write"
                " the text itself.",
            ),
            (2, "Option 1", "The cell has more than 32,767 characters. Shorten it."),
            (2, "Duration", "'=1' is no duration. Write minutes and seconds: 1:30."),
        ],
    ),
    (
        workbook(f"<row>{' ' * (25 * 1024 * 1024)}</row>"),
        [
            (
                0,
                "",
                "The workbook holds much more than a guide. Copy the guide into a new workbook, or"
                " save it as CSV.",
            )
        ],
    ),
    (
        packed({**_PARTS, "xl/workbook.bin": "x"}),
        [(0, "", "The file is a binary workbook (.xlsb). Save it as .xlsx or as CSV.")],
    ),
    (
        packed({"content.xml": "x"}),
        [(0, "", "The file is an OpenDocument (.ods). Save it as .xlsx or as CSV.")],
    ),
    (
        packed({"guide.csv": "x"}),
        [(0, "", "The file is a zip archive and no workbook. Import the guide itself.")],
    ),
    (
        packed({"_rels/.rels": "<Relationships/>"}),
        [
            (
                0,
                "",
                "The file is an archive of another program and no workbook. Save the guide as .xlsx"
                " or as CSV.",
            )
        ],
    ),
    (
        packed(_PARTS).replace(b"PK\x01\x02\x14\x03\x14\0\0", b"PK\x01\x02\x14\x03\x14\0\x01"),
        [(0, "", "The archive is protected by a password. Take it off and save again.")],
    ),
]
