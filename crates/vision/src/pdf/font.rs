//! What the codes of a text mean, and how wide they are (ISO 32000-1 §9).

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};

/// The fonts of a page, each read once.
#[derive(Default)]
pub(super) struct Fonts(HashMap<ObjectIdentifier, Rc<Font>>);

impl Fonts {
    pub(super) fn get(&mut self, dict: &Dict<'_>) -> Rc<Font> {
        let Some(id) = dict.obj_id() else { return Rc::new(Font::of(dict)) };
        Rc::clone(self.0.entry(id).or_insert_with(|| Rc::new(Font::of(dict))))
    }
}

/// A font as far as text is concerned.
pub(super) struct Font {
    /// Its name without the letters that mark a subset.
    pub(super) name: String,
    /// Codes of two bytes.
    wide: bool,
    to_unicode: HashMap<u32, String>,
    encoding: Encoding,
    widths: HashMap<u32, f64>,
    default_width: f64,
}

/// The table that codes of one byte are looked up in.
#[derive(Clone, Copy, PartialEq)]
enum Encoding {
    /// Windows-1252.
    Windows,
    /// Mac OS Roman.
    Mac,
    /// Codes mean nothing outside the font.
    Own,
}

/// Entries of one map.
const MOST: usize = 70_000;

impl Font {
    pub(super) fn of(dict: &Dict<'_>) -> Self {
        let base = dict.get::<Name<'_>>("BaseFont");
        let full = base.as_ref().map(|name| name.as_str().to_owned()).unwrap_or_default();
        let name = match full.split_once('+') {
            Some((tag, name)) if tag.len() == 6 => name.to_owned(),
            _ => full,
        };
        let wide = dict.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Type0");
        let mut font = Self {
            name,
            wide,
            to_unicode: dict.get::<Stream<'_>>("ToUnicode").map(|map| unicode_map(&map)).unwrap_or_default(),
            encoding: if wide { Encoding::Own } else { Encoding::Windows },
            widths: HashMap::new(),
            default_width: if wide { 1.0 } else { 0.52 },
        };
        if wide {
            font.read_wide(dict);
        } else {
            font.read_narrow(dict);
        }
        font
    }

    fn read_narrow(&mut self, dict: &Dict<'_>) {
        let differences = dict.get::<Dict<'_>>("Encoding");
        let named = differences
            .as_ref()
            .map_or_else(|| dict.get::<Name<'_>>("Encoding"), |own| own.get::<Name<'_>>("BaseEncoding"));
        if named.is_some_and(|name| name.as_str() == "MacRomanEncoding") {
            self.encoding = Encoding::Mac;
        }
        if let Some(list) = differences.and_then(|own| own.get::<Array<'_>>("Differences")) {
            self.read_differences(&list);
        }
        let first = dict.get::<u32>("FirstChar").unwrap_or(0);
        if let Some(widths) = dict.get::<Array<'_>>("Widths") {
            for (index, width) in widths.iter::<f32>().take(256).enumerate() {
                self.widths.insert(first.saturating_add(index as u32), f64::from(width) / 1000.0);
            }
        }
    }

    fn read_differences(&mut self, list: &Array<'_>) {
        let mut code = 0_u32;
        for item in list.iter::<Object<'_>>().take(1024) {
            match item {
                Object::Number(number) => code = number.as_i64().clamp(0, 65_535) as u32,
                Object::Name(name) => {
                    if let Some(text) = glyph_name(name.as_str()) {
                        self.to_unicode.entry(code).or_insert(text);
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
    }

    fn read_wide(&mut self, dict: &Dict<'_>) {
        let descendants = dict.get::<Array<'_>>("DescendantFonts");
        let Some(own) = descendants.and_then(|list| list.iter::<Dict<'_>>().next()) else { return };
        self.default_width = own.get::<f32>("DW").map_or(1.0, |width| f64::from(width) / 1000.0);
        let Some(list) = own.get::<Array<'_>>("W") else { return };
        let items: Vec<Object<'_>> = list.iter::<Object<'_>>().take(MOST).collect();
        let mut at = 0;
        while let Some(Object::Number(first)) = items.get(at) {
            let first = first.as_i64().clamp(0, 65_535) as u32;
            match (items.get(at + 1), items.get(at + 2)) {
                (Some(Object::Array(widths)), _) => {
                    for (index, width) in widths.iter::<f32>().take(MOST).enumerate() {
                        self.widths.insert(first + index as u32, f64::from(width) / 1000.0);
                    }
                    at += 2;
                }
                (Some(Object::Number(last)), Some(Object::Number(width))) => {
                    let last = last.as_i64().clamp(0, 65_535) as u32;
                    for code in first..=last.min(first + 65_535) {
                        self.widths.insert(code, width.as_f64() / 1000.0);
                    }
                    at += 3;
                }
                _ => break,
            }
        }
    }

    /// The text of codes, how far they reach in units of the font's size, how many they are and how many of them are
    /// spaces.
    pub(super) fn decode(&self, codes: &[u8]) -> (String, f64, usize, usize) {
        let (mut text, mut advance, mut count, mut spaces) = (String::new(), 0.0, 0, 0);
        let step = if self.wide { 2 } else { 1 };
        for code in codes.chunks(step) {
            let code = code.iter().fold(0_u32, |code, byte| (code << 8) | u32::from(*byte));
            advance += self.width(code);
            count += 1;
            spaces += usize::from(code == 32 && !self.wide);
            match self.to_unicode.get(&code) {
                Some(found) => text.push_str(found),
                None => text.extend(self.plain(code)),
            }
        }
        (text, advance, count, spaces)
    }

    fn width(&self, code: u32) -> f64 {
        let narrow = || if self.wide { self.default_width } else { usual_width(code, &self.name) };
        self.widths.get(&code).copied().unwrap_or_else(narrow)
    }

    fn plain(&self, code: u32) -> Option<char> {
        let byte = u8::try_from(code).ok()?;
        match (self.encoding, byte) {
            (Encoding::Own, _) | (_, 0..=31 | 127) => None,
            (Encoding::Windows, 128..=159) => WINDOWS.chars().nth(usize::from(byte - 128)),
            (Encoding::Mac, 128..) => MAC.chars().nth(usize::from(byte - 128)),
            _ => Some(char::from(byte)),
        }
    }
}

/// Codes 128 to 159 of Windows-1252.
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
/// Codes 128 to 255 of Mac OS Roman.
const MAC: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

/// Roughly how wide a character of a usual typeface is: files need not say for the fourteen standard fonts.
fn usual_width(code: u32, name: &str) -> f64 {
    if name.contains("Courier") {
        return 0.6;
    }
    match char::from_u32(code).unwrap_or(' ') {
        'i' | 'j' | 'l' | '\'' | '|' => 0.22,
        ' ' | '.' | ',' | ':' | ';' | '!' | 'I' | '/' | 'f' | 't' => 0.278,
        '(' | ')' | '-' | 'r' => 0.333,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 0.5,
        'm' | 'M' => 0.833,
        'w' | 'C' | 'D' | 'H' | 'N' | 'R' | 'U' => 0.722,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' => 0.667,
        'F' | 'T' | 'Z' => 0.611,
        'G' | 'O' | 'Q' => 0.778,
        'W' => 0.944,
        '@' => 1.015,
        _ => 0.556,
    }
}

/// A glyph by the name that encodings give it: Adobe's list for what bills are set in, and `uniXXXX`.
fn glyph_name(name: &str) -> Option<String> {
    if let Some(digits) = name.strip_prefix("uni").filter(|digits| digits.len() >= 4) {
        return char::from_u32(u32::from_str_radix(digits.get(..4)?, 16).ok()?).map(String::from);
    }
    if name.chars().count() == 1 {
        return Some(name.to_owned());
    }
    let plain = NAMES.split(' ').filter_map(|pair| pair.split_once('=')).find(|(known, _)| *known == name);
    if let Some((_, text)) = plain {
        return Some(text.to_owned());
    }
    // `eacute` and its kind: a letter and its accent.
    let (letter, accent) = (name.get(..1)?, name.get(1..)?);
    let mark = ACCENTS.iter().find(|(known, _)| *known == accent)?.1;
    letter.chars().next()?.is_ascii_alphabetic().then(|| composed(letter, mark))
}

fn composed(letter: &str, marks: &str) -> String {
    let at = "aAeEiIoOuUcCnNsSzZyYrRtTlLdDgG".find(letter).unwrap_or(usize::MAX);
    marks.chars().nth(at).filter(|found| *found != ' ').map_or_else(|| letter.to_owned(), String::from)
}

/// In the order of `aAeEiIoOuUcCnNsSzZyYrRtTlLdDgG`.
const ACCENTS: [(&str, &str); 11] = [
    ("acute", "áÁéÉíÍóÓúÚćĆńŃśŚźŹýÝŕŔ  ĺĹ    "),
    ("grave", "àÀèÈìÌòÒùÙ                    "),
    ("circumflex", "âÂêÊîÎôÔûÛ                    "),
    ("dieresis", "äÄëËïÏöÖüÜ      ÿŸ            "),
    ("tilde", "ãÃ    õÕ    ñÑ                "),
    ("ring", "åÅ      ůŮ                    "),
    ("cedilla", "          çÇ  şŞ        ţŢ      "),
    ("caron", "  ěĚ      čČňŇšŠžŽ  řŘťŤ  ďĎ  "),
    ("ogonek", "ąĄęĘ                          "),
    ("slash", "      øØ                      "),
    ("breve", "ăĂ                          ğĞ"),
];

const NAMES: &str = "space=\u{a0} zero=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 period=. comma=, \
     colon=: semicolon=; hyphen=- minus=- slash=/ parenleft=( parenright=) quotesingle=' quoteright=’ quoteleft=‘ \
     quotedblleft=“ quotedblright=” ampersand=& at=@ percent=% plus=+ equal=\u{ff1d} numbersign=# dollar=$ Euro=€ \
     sterling=£ yen=¥ section=§ degree=° underscore=_ asterisk=* question=? exclam=! bullet=• endash=– emdash=— \
     germandbls=ß ae=æ AE=Æ oe=œ OE=Œ eth=ð Eth=Ð thorn=þ Thorn=Þ lslash=ł Lslash=Ł dotlessi=ı ordfeminine=ª \
     ordmasculine=º questiondown=¿ exclamdown=¡ fi=fi fl=fl ff=ff ffi=ffi ffl=ffl quotedbl=\" bar=| ";

/// A map from codes to text (§9.10.3): `bfchar` and `bfrange`.
fn unicode_map(stream: &Stream<'_>) -> HashMap<u32, String> {
    let Ok(data) = stream.decoded_data() else { return HashMap::new() };
    let mut map = HashMap::new();
    let mut words = words(&data).into_iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "beginbfchar" => {
                while let Some(code) = words.next().filter(|word| word != "endbfchar") {
                    let Some(text) = words.next() else { break };
                    map.insert(number(&code), characters(&text, 0));
                }
            }
            "beginbfrange" => {
                while let Some(first) = words.next().filter(|word| word != "endbfrange") {
                    let (Some(last), Some(text)) = (words.next(), words.next()) else { break };
                    let (first, last) = (number(&first), number(&last).min(number(&first) + 0xffff));
                    if text == "[" {
                        for code in first..=last {
                            let Some(text) = words.next().filter(|word| word != "]") else { break };
                            map.insert(code, characters(&text, 0));
                        }
                        words.by_ref().take_while(|word| word != "]").for_each(drop);
                    } else if map.len() < MOST {
                        map.extend((first..=last).map(|code| (code, characters(&text, code - first))));
                    }
                }
            }
            _ => {}
        }
        if map.len() > MOST {
            break;
        }
    }
    map
}

/// Words of such a map; `<…>` without its brackets is kept as `<` and the digits.
fn words(data: &[u8]) -> Vec<String> {
    let (mut words, mut word) = (Vec::new(), String::new());
    let mut in_hex = false;
    for byte in data.iter().take(4 * 1024 * 1024) {
        match byte {
            b'<' => {
                end(&mut words, &mut word);
                word.push('<');
                in_hex = true;
            }
            b'>' => {
                end(&mut words, &mut word);
                in_hex = false;
            }
            b'[' | b']' => {
                end(&mut words, &mut word);
                words.push(char::from(*byte).to_string());
            }
            byte if byte.is_ascii_whitespace() => {
                if !in_hex {
                    end(&mut words, &mut word);
                }
            }
            byte => word.push(char::from(*byte)),
        }
    }
    end(&mut words, &mut word);
    words
}

fn end(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() && word != "<" {
        words.push(std::mem::take(word));
    }
    word.clear();
}

fn number(word: &str) -> u32 {
    u32::from_str_radix(word.trim_start_matches('<'), 16).unwrap_or(0)
}

/// UTF-16 in digits, its last unit raised by so many.
fn characters(word: &str, by: u32) -> String {
    let digits = word.trim_start_matches('<').as_bytes();
    let mut units: Vec<u16> = digits
        .chunks(4)
        .filter_map(|four| u16::from_str_radix(std::str::from_utf8(four).ok()?, 16).ok())
        .collect();
    if let Some(last) = units.last_mut() {
        *last = last.wrapping_add(by as u16);
    }
    let text = String::from_utf16_lossy(&units);
    text.chars().filter(|character| !character.is_control()).take(16).collect()
}
