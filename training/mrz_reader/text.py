"""What machine-readable lines say: made-up persons in every format, and plain random characters."""

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
LENGTHS = (30, 36, 44)
STATES = (
    "UTO D GBR USA FRA ESP ITA NLD BEL AUT CHE POL CZE SVK HUN ROU BGR GRC TUR RUS UKR SWE NOR DNK FIN EST LVA LTU "
    "IRL PRT CAN MEX BRA ARG CHL COL PER VEN ECU IND CHN JPN KOR THA VNM MYS SGP IDN PHL AUS NZL ZAF EGY MAR DZA TUN "
    "NGA KEN GHA ISR JOR SAU ARE QAT KWT IRN IRQ PAK BGD LKA XXA XXB XXX UNO EUE XOM"
).split()
ONSETS = "B C D F G H J K L M N P R S T V W Z BR CH CZ DR FR GR KR KW PH PR QU SCH SH SK ST SZ TR TH Y X".split()
VOWELS = "A E I O U A E I O AI EI IA IE OU UE YA OE AE".split()
CODAS = ["", "", "", "", "N", "R", "S", "L", "T", "K", "M", "NN", "SON", "SKI", "CK", "NG", "X", "Z", "FF"]
WEIGHTS = (7, 3, 1)


def check_digit(text):
    """The ICAO 9303 part 3 check digit of `text`."""
    value = {c: (ord(c) - 55 if c.isalpha() else 0 if c == "<" else int(c)) for c in ALPHABET}
    return str(sum(value[c] * WEIGHTS[i % 3] for i, c in enumerate(text)) % 10)


def word(rng):
    syllables = rng.integers(1, 4)
    parts = (ONSETS[rng.integers(len(ONSETS))] + VOWELS[rng.integers(len(VOWELS))] for _ in range(syllables))
    return "".join(parts) + CODAS[rng.integers(len(CODAS))]


def names(rng, width):
    surname = "<".join(word(rng) for _ in range(1 + (rng.random() < 0.25)))
    given = "<".join(word(rng) for _ in range(rng.integers(0, 4)))
    return (surname + "<<" + given)[:width].ljust(width, "<")


def pick(rng, letters, count):
    return "".join(letters[i] for i in rng.integers(len(letters), size=count))


def date(rng):
    return f"{rng.integers(0, 100):02}{rng.integers(1, 13):02}{rng.integers(1, 29):02}"


def number(rng, width=9):
    letters = "0123456789" if rng.random() < 0.5 else ALPHABET[:36]
    return pick(rng, letters, rng.integers(6, width + 1)).ljust(width, "<")


def optional(rng, width):
    kind = rng.random()
    if kind < 0.5:
        return "<" * width
    return pick(rng, "0123456789" if kind < 0.75 else ALPHABET, rng.integers(1, width + 1)).ljust(width, "<")


def state(rng):
    return STATES[rng.integers(len(STATES))].ljust(3, "<")


def realistic(rng, length):
    """One line of a document of this line length: 30 = TD1, 36 = TD2 or MRV-B, 44 = TD3 or MRV-A."""
    doc = number(rng)
    doc += check_digit(doc)
    dates = [date(rng), date(rng)]
    dates = [d + check_digit(d) for d in dates]
    sex = "MF<"[rng.integers(3)]
    if length == 30:
        kind = rng.integers(3)
        if kind == 0:
            return ("IAC"[rng.integers(3)] + "<ID"[rng.integers(3)] + state(rng) + doc + optional(rng, 15))[:30]
        if kind == 1:
            return dates[0] + sex + dates[1] + state(rng) + optional(rng, 11) + pick(rng, "0123456789", 1)
        return names(rng, 30)
    if rng.random() < 0.5:
        return "PVIAC"[rng.integers(5)] + "<<<PDO"[rng.integers(6)] + state(rng) + names(rng, length - 5)
    head = doc + state(rng) + dates[0] + sex + dates[1]
    rest = length - len(head)
    return head + optional(rng, rest - 2) + pick(rng, "0123456789<", 1) + pick(rng, "0123456789", 1)


def line(rng):
    """A line of 30, 36 or 44 characters; about half are uniform noise so that pixels must decide."""
    length = LENGTHS[rng.integers(3)]
    kind = rng.random()
    if kind < 0.40:
        return pick(rng, ALPHABET, length)
    if kind < 0.55:
        return confusable(rng, length)
    return realistic(rng, length)


def confusable(rng, length):
    """Look-alikes next to each other and runs of fillers."""
    out = ""
    while len(out) < length:
        group = ("<K", "<CE", "O0QD", "O0", "I1L", "B8", "S5", "Z2", "G6C", "<<<<<<<<", "UV", "MNW", "7T1", "4A", "KX<")
        out += pick(rng, group[rng.integers(len(group))], rng.integers(1, 8))
    return out[:length]


def prose(rng):
    """Ordinary mixed-case text, which must read as nothing."""
    words = []
    for _ in range(rng.integers(3, 12)):
        text = word(rng).lower()
        words.append(text.capitalize() if rng.random() < 0.4 else text)
        if rng.random() < 0.15:
            words.append(pick(rng, "0123456789", rng.integers(1, 5)))
    return (" " if rng.random() < 0.8 else ", ").join(words)
