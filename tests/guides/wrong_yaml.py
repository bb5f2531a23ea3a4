"""YAML with something wrong in it, with every problem it has."""

from tests.guides.wrong_sheets import Found

ITEMS_500 = "A guide holds at most 500 items. Split it in two."
QUOTES = (
    "Put a text in quotes if it holds ': ' or ' #', or begins with a sign such as - * & ! ? [ { @."
)
OWN_TYPES = "message, single_choice, multiple_choice, open_text, number, scale"
COMMON = "section, tag, notes, duration, auto_close, onboarding"
LIMIT = "1,000,000,000,000,000"
EMPTY = "The text is empty. Write what people should read."

ITEM = "items:\n- message: A\n"
YAMLS: list[tuple[str, Found]] = [
    ("# nothing\n", [(0, "", "The file is empty.")]),
    (
        "items:\n- message: Note: hello\n",
        [
            (
                2,
                "",
                f"This is no valid YAML: mapping values are not allowed here. {QUOTES}",
            )
        ],
    ),
    (
        "items:\n- message: 'A\n",
        [(3, "", f"This is no valid YAML: found unexpected end of stream. {QUOTES}")],
    ),
    (
        "items:\n\t- message: A",
        [(2, "", "A tab stands where YAML wants blanks. Indent with blanks.")],
    ),
    (
        "items:\n- message: A\x07",
        [(2, "", "The character U+0007 cannot stand in YAML. Take it out.")],
    ),
    (
        'items: [{message: "\\UFFFFFFFF"}]',
        [
            (
                0,
                "",
                "An escape with a backslash, or a line with %, names what does not exist."
                " Correct it.",
            )
        ],
    ),
    (
        ITEM + '- message: "\\ud800"',
        [
            (
                3,
                "",
                "The text holds a character that cannot be stored (NUL or half a pair)."
                " Take it out.",
            )
        ],
    ),
    (f"{ITEM}---\n{ITEM}", [(3, "", "A second document begins here ('---'). Keep one.")]),
    (
        "items:\n- message: &a A\n- message: *a",
        [
            (
                2,
                "",
                "Anchors and aliases (& and *) are not used in a guide. Write the text out,"
                " or put it in quotes.",
            )
        ],
    ),
    (
        "items:\n- message: *a",
        [
            (
                2,
                "",
                "Anchors and aliases (& and *) are not used in a guide. Write the text out,"
                " or put it in quotes.",
            )
        ],
    ),
    (
        "items: !!python/object:os.system\n- message: A",
        [
            (
                1,
                "",
                "Tags (!) are not used in a guide. Take it out, or put the text in quotes.",
            )
        ],
    ),
    (
        "items: [[[[[[[[[]]]]]]]]]",
        [(1, "", "Nested too deep for a guide. Put texts with brackets in quotes.")],
    ),
    (
        "#" * (512 * 1024 + 1),
        [(0, "", "The file has more than 512 thousand characters. Take out what is no guide.")],
    ),
    (
        "items: [" + "a," * 50_000 + "]",
        [(1, "", "The file holds more than 50,000 values. Take out what is no guide.")],
    ),
    ("- message: A", [(1, "", "Here stands a field with its value, such as 'items: …'.")]),
    ("title: A", [(1, "items", "There are no items. Write at least one below 'items:'.")]),
    ("\nitems: []", [(2, "items", "There are no items. Write at least one below 'items:'.")]),
    ("\nitems:", [(2, "items", "There are no items. Write at least one below 'items:'.")]),
    ("items: A", [(1, "items", "Here stands a list: lines that begin with '- '.")]),
    (
        "title:\n  a: b\nTitle: A\ntitle: B\n" + ITEM,
        [
            (1, "title", "Here stands one text. Put it in quotes if it holds ': '."),
            (3, "Title", "There is no field 'Title'; did you mean 'title'?"),
            (4, "title", "'title' stands here twice, first in line 1. Keep one."),
        ],
    ),
    (
        f"{ITEM}title: {'x' * 201}\ncolour: red",
        [
            (3, "title", "The title has more than 200 characters. Shorten it."),
            (4, "colour", "There is no field 'colour' here. There are: title, items."),
        ],
    ),
    (f"? [a]\n: b\n{ITEM}", [(1, "", "A field needs a name. There are: title, items.")]),
    (
        "items:\n- A\n- []\n- {}\n- section: B\n- mesage: C\n- message: D\n  number: E",
        [
            (2, "", "Here stands a field with its value, such as 'message: …'."),
            (3, "", "Here stands a field with its value, such as 'message: …'."),
            (4, "", f"An item has exactly one of these: {OWN_TYPES}."),
            (5, "", f"An item has exactly one of these: {OWN_TYPES}."),
            (6, "mesage", "There is no field 'mesage'; did you mean 'message'?"),
            (8, "number", f"An item has exactly one of these: {OWN_TYPES}."),
        ],
    ),
    (
        "items:\n- message: A\n  options: [a]\n- open_text:\n  min: 1\n- message: [a]",
        [
            (3, "options", f"An item of type 'message' has no 'options'. It may have: {COMMON}."),
            (4, "open_text", EMPTY),
            (5, "min", f"An item of type 'open_text' has no 'min'. It may have: {COMMON}."),
            (6, "message", "Here stands one text. Put it in quotes if it holds ': '."),
        ],
    ),
    (
        "items:\n- message: A\n  duration: 90\n  onboarding: maybe\n"
        "- message: A\n  duration: 5:00:00",
        [
            (3, "duration", "'90' is no duration. Write minutes and seconds: 1:30."),
            (4, "onboarding", "'maybe' is neither true nor false. Write one."),
            (6, "duration", "The duration must be between 1 second and 4 hours."),
        ],
    ),
    (
        "items:\n- single_choice: A\n  options:\n  - a\n  - b: c\n  -\n  - ' a'\n"
        "  - exclusive: [a]\n  - [b]\n",
        [
            (
                5,
                "options",
                "Option 2 is no text. Put it in quotes if it holds ': ' or begins with [ or {.",
            ),
            (6, "options", "Option 3 is empty. Write its text or take it out."),
            (7, "options", "Option 4 repeats option 1. Take one out."),
            (
                8,
                "options",
                "Option 5 is no text. Put it in quotes if it holds ': ' or begins with [ or {.",
            ),
            (
                9,
                "options",
                "Option 6 is no text. Put it in quotes if it holds ': ' or begins with [ or {.",
            ),
        ],
    ),
    (
        "items:\n- multiple_choice: A\n- multiple_choice: A\n  options: {a: b}\n",
        [
            (2, "options", "A choice without options. Add at least one option, or allow 'Other'."),
            (4, "options", "Here stands a list: lines that begin with '- '."),
        ],
    ),
    (
        "items:\n- number: A\n  max: x\n  step: []\n- number: A\n  min: 1e999\n  max: 2\n"
        "- scale: A\n  min: 1.5\n- scale: A\n  min: 1\n  max: 5\n  min_label: [a]",
        [
            (2, "min", "There is no 'min'. Add it."),
            (3, "max", "'x' is no number, such as 5 or 0.5."),
            (4, "step", "Here stands one text. Put it in quotes if it holds ': '."),
            (6, "min", "'1e999' is no number, such as 5 or 0.5."),
            (8, "max", "There is no 'max'. Add it."),
            (9, "min", "'1.5' is no whole number, such as 5."),
            (13, "min_label", "Here stands one text. Put it in quotes if it holds ': '."),
        ],
    ),
    (
        "items:\n- number: A\n  min: 5\n  max: 5\n- number: A\n  min: 0\n  max: 5\n  step: 9\n"
        f"- number: A\n  max: 1\n  min: -{'9' * 16}\n- scale: A\n  min: 1\n  max: 1\n"
        f"- scale: A\n  min: {'9' * 16}\n  max: {'9' * 15}8\n"
        f"- scale: A\n  min: {10**15}\n  max: {10**15 + 1}\n",
        [
            (3, "min", "The lowest number (5) must be below the highest (5)."),
            (8, "step", "The step must be above 0 and at most 5."),
            (11, "min", f"The lowest and the highest number lie within {LIMIT} of 0."),
            (14, "max", "A scale has from 2 to 11 points. For more, use a number."),
            (17, "max", "A scale has from 2 to 11 points. For more, use a number."),
            (20, "max", f"The ends of a scale lie within {LIMIT} of 0."),
        ],
    ),
    ("items:\n" + "- message: A\n" * 502, [(502, "items", ITEMS_500)]),
]
