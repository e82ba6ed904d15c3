//! Dates as they are printed: `12.04.1984`, `1984-04-12`, `12 AVR/APR 84`, `APR 12, 1984`, `04/12/1984` in the US.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::fold::squeeze;

/// Which century a year of two digits is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Century {
    /// The latest that does not lie after today: births and issues.
    Past(Date),
    /// Within fifty years of today: expiries.
    Near(Date),
}

/// A date within a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    pub date: Date,
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
    /// Whether day and month could also be exchanged.
    pub ambiguous: bool,
}

static MONTHS: LazyLock<HashMap<String, i8>> = LazyLock::new(|| {
    let rows = include_str!("months.txt").lines().filter_map(|line| line.split_once(' '));
    let mut months = HashMap::new();
    for (number, names) in rows {
        for name in names.split(' ') {
            months.entry(squeeze(name)).or_insert(number.parse().unwrap_or(0));
        }
    }
    months
});

/// Every date in a text, from left to right. `country` (alpha-3) settles whether 04/05 is April or May.
pub fn find(text: &str, country: Option<&str>, century: Century) -> Vec<Spot> {
    let tokens = tokens(text);
    let mut spots = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match spot(text, &tokens[at..], country, century) {
            Some((spot, taken)) => {
                spots.push(spot);
                at += taken;
            }
            None => at += 1,
        }
    }
    spots
}

/// The first date in a text.
pub fn first(text: &str, country: Option<&str>, century: Century) -> Option<Date> {
    find(text, country, century).first().map(|spot| spot.date)
}

#[derive(Debug, Clone)]
enum Part {
    /// Value and digits.
    Number(i32, usize),
    Month(i8),
}

#[derive(Debug, Clone)]
struct Token {
    part: Option<Part>,
    start: usize,
    end: usize,
}

/// Runs of letters and runs of digits; a run of digits takes in the letters that recognisers put for them.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut run: Option<(usize, String)> = None;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        let letter = character.is_alphanumeric();
        let turns = run.as_ref().is_some_and(|(_, run)| letter && turns(run, character, &text[at..]));
        if (!letter || turns)
            && let Some((start, run)) = run.take()
        {
            tokens.push(Token { part: part(&run), start, end: at });
        }
        if letter {
            let character = arabic(character).unwrap_or(character);
            run.get_or_insert_with(|| (at, String::new())).1.push(character);
        }
        if tokens.len() > 400 {
            break;
        }
    }
    tokens
}

/// Whether a run ends before this character: `12AVR84` is three runs, `O4` and `2O` are one each, `12OCT` two.
fn turns(run: &str, character: char, rest: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit() || arabic(c).is_some();
    let last = run.chars().next_back().unwrap_or(' ');
    if digit(last) && !digit(character) {
        let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
        return looks_like_digit(character).is_none() || MONTHS.contains_key(&squeeze(&word));
    }
    digit(character)
        && !digit(last)
        && (looks_like_digit(last).is_none() || MONTHS.contains_key(&squeeze(run)))
}

fn part(run: &str) -> Option<Part> {
    // `OCT` and `DIC` are months before they are digits misread.
    if let Some(month) = MONTHS.get(&squeeze(run)) {
        return Some(Part::Month(*month));
    }
    let digits = run.chars().filter(char::is_ascii_digit).count();
    let read: Option<String> =
        run.chars().map(|c| if c.is_ascii_digit() { Some(c) } else { looks_like_digit(c) }).collect();
    let read = read.filter(|read| digits > 0 && read.len() <= 8)?;
    Some(Part::Number(read.parse().ok()?, read.len()))
}

fn looks_like_digit(character: char) -> Option<char> {
    match character {
        'O' | 'o' | 'Q' | 'D' => Some('0'),
        'I' | 'l' | '|' => Some('1'),
        'Z' => Some('2'),
        'S' => Some('5'),
        'B' => Some('8'),
        _ => None,
    }
}

/// Digits of Arabic, Persian and Devanagari as ours.
fn arabic(character: char) -> Option<char> {
    let code = u32::from(character);
    let zero = [0x660, 0x6f0, 0x966, 0xe50].into_iter().find(|zero| (*zero..*zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

/// A date at the beginning of the tokens and how many it takes.
fn spot(text: &str, tokens: &[Token], country: Option<&str>, century: Century) -> Option<(Spot, usize)> {
    let parts: Vec<&Token> = tokens.iter().take(5).collect();
    let get = |at: usize| parts.get(at).and_then(|token| token.part.as_ref());
    let close = |at: usize| {
        let between = &text[parts[at - 1].end..parts[at].start];
        between.chars().count() <= 3 && between.chars().all(|c| " ./-–,'·°\u{a0}".contains(c) || c == 'º')
    };
    let made = |date: Option<Date>, taken: usize, ambiguous: bool| {
        let closed = (1..taken).all(close);
        let spot = Spot { date: date?, start: parts[0].start, end: parts[taken - 1].end, ambiguous };
        closed.then_some((spot, taken))
    };
    let year = |value: i32, digits: usize| full_year(value, digits, century);
    match (get(0), get(1), get(2), get(3)) {
        // 12 AVR/APR 84
        (Some(Part::Number(day, 1..=2)), Some(Part::Month(_)), Some(Part::Month(month)), Some(Part::Number(y, d)))
        // 12. APRIL 1984, 12 de abril de 1984
        if matches!(d, 2 | 4) => made(civil(year(*y, *d), i32::from(*month), *day), 4, false),
        (Some(Part::Number(day, 1..=2)), Some(Part::Month(month)), Some(Part::Number(y, d)), _) if matches!(d, 2 | 4) => {
            made(civil(year(*y, *d), i32::from(*month), *day), 3, false)
        }
        (Some(Part::Month(month)), Some(Part::Number(day, 1..=2)), Some(Part::Number(y, 4)), _) => {
            made(civil(*y, i32::from(*month), *day), 3, false)
        }
        (Some(Part::Number(y, 4)), Some(Part::Month(month)), Some(Part::Number(day, 1..=2)), _) => {
            made(civil(year(*y, 4), i32::from(*month), *day), 3, false)
        }
        (Some(Part::Number(y, 4)), Some(Part::Number(month, 1..=2)), Some(Part::Number(day, 1..=2)), _) => {
            made(civil(year(*y, 4), *month, *day), 3, false)
        }
        (Some(Part::Number(a, 1..=2)), Some(Part::Number(b, 1..=2)), Some(Part::Number(y, d)), _) if matches!(d, 2 | 4) => {
            let (first, second) = (civil(year(*y, *d), *b, *a), civil(year(*y, *d), *a, *b));
            let american = matches!(country, Some("USA" | "PRI" | "GUM" | "VIR" | "ASM" | "MNP" | "PHL" | "FSM" | "PLW"));
            let (date, other) = if american { (second, first) } else { (first, second) };
            made(date.or(other), 3, date.is_some() && other.is_some() && date != other)
        }
        (Some(Part::Number(packed, 8)), ..) => {
            let parts = [packed / 1_000_000, packed / 10_000 % 100, packed % 10_000];
            let day_first = civil(parts[2], parts[1], parts[0]).filter(|date| (1900..=2199).contains(&date.year()));
            let year_first = civil(packed / 10_000, packed / 100 % 100, packed % 100);
            let year_first = year_first.filter(|date| (1900..=2199).contains(&date.year()));
            made(year_first.or(day_first), 1, false)
        }
        _ => words(text, tokens, century),
    }
}

/// `12 de abril de 1984`, `12th of April, 1984`.
fn words(text: &str, tokens: &[Token], century: Century) -> Option<(Spot, usize)> {
    let first = tokens.first()?;
    let Some(Part::Number(day, 1..=2)) = first.part else { return None };
    let mut month = None;
    for (at, token) in tokens.iter().enumerate().take(6).skip(1) {
        match (&token.part, month) {
            (Some(Part::Month(found)), None) => month = Some(*found),
            (Some(Part::Number(year, digits @ (2 | 4))), Some(month)) => {
                let date = civil(full_year(*year, *digits, century), i32::from(month), day)?;
                return Some((Spot { date, start: first.start, end: token.end, ambiguous: false }, at + 1));
            }
            (None, _) if joins(&text[token.start..token.end]) => {}
            _ => return None,
        }
    }
    None
}

fn joins(word: &str) -> bool {
    ["de", "del", "of", "th", "st", "nd", "rd", "er", "di", "ta", "a", "den"]
        .contains(&word.to_lowercase().as_str())
}

/// The Buddhist era of Thai documents is 543 years ahead.
fn full_year(value: i32, digits: usize, century: Century) -> i32 {
    if digits == 4 {
        return if (2400..2700).contains(&value) { value - 543 } else { value };
    }
    match century {
        Century::Past(today) => {
            let year = i32::from(today.year()) / 100 * 100 + value;
            if year > i32::from(today.year()) { year - 100 } else { year }
        }
        Century::Near(today) => {
            let first = i32::from(today.year()) - 50;
            first + (value - first).rem_euclid(100)
        }
    }
}

fn civil(year: i32, month: i32, day: i32) -> Option<Date> {
    let date =
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (1850..=2200).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Century, MONTHS, find, first};

    #[test]
    fn dates_are_read_in_the_forms_of_many_countries() {
        let past = Century::Past(date(2026, 11, 23));
        for (text, country, expected) in [
            ("12.04.1984", None, Some(date(1984, 4, 12))),
            ("12 04 1984", None, Some(date(1984, 4, 12))),
            ("12-04-84", None, Some(date(1984, 4, 12))),
            ("1984-04-12", None, Some(date(1984, 4, 12))),
            ("1984.04.12.", Some("HUN"), Some(date(1984, 4, 12))),
            ("04/12/1984", Some("USA"), Some(date(1984, 4, 12))),
            ("04/13/1984", None, Some(date(1984, 4, 13))),
            ("12 AVR/APR 84", Some("FRA"), Some(date(1984, 4, 12))),
            ("12 APR 1984", None, Some(date(1984, 4, 12))),
            ("12APR1984", None, Some(date(1984, 4, 12))),
            ("APR 12, 1984", Some("USA"), Some(date(1984, 4, 12))),
            ("12. huhtikuu 1984", None, Some(date(1984, 4, 12))),
            ("12 de abril de 1984", None, Some(date(1984, 4, 12))),
            ("12 апр 1984", None, Some(date(1984, 4, 12))),
            ("12 ΑΠΡ/APR 84", None, Some(date(1984, 4, 12))),
            ("I2.O4.1984", None, Some(date(1984, 4, 12))),
            ("12OCT1984", None, Some(date(1984, 10, 12))),
            ("12DIC84", None, Some(date(1984, 12, 12))),
            ("2O.04.1984", None, Some(date(1984, 4, 20))),
            ("12041984", None, Some(date(1984, 4, 12))),
            ("12 JAN/JAN 28", None, Some(date(1928, 1, 12))),
            ("12/04/2527", Some("THA"), Some(date(1984, 4, 12))),
            ("١٢/٠٤/١٩٨٤", None, Some(date(1984, 4, 12))),
            ("born 31.02.1984", None, None),
            ("MUSTERMANN", None, None),
            ("", None, None),
        ] {
            assert_eq!(first(text, country, past), expected, "{text}");
        }
        assert_eq!(first("12 JAN 28", None, Century::Near(date(2026, 11, 23))), Some(date(2028, 1, 12)));
    }

    #[test]
    fn every_date_of_a_line_is_found_with_its_place() {
        let spots = find("4a. 19.01.2013 4b. 18.01.2028", None, Century::Near(date(2026, 11, 23)));
        let found: Vec<_> = spots.iter().map(|spot| (spot.date, spot.start, spot.ambiguous)).collect();
        assert_eq!(found, [(date(2013, 1, 19), 4, false), (date(2028, 1, 18), 19, false)]);
        assert!(find("04.05.2013", None, Century::Past(date(2026, 1, 1)))[0].ambiguous);
        assert!(MONTHS.values().all(|month| (1..=12).contains(month)));
    }
}
