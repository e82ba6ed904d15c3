//! Postal addresses in blocks of lines: name, street, postal code and city, country.

use serde::Serialize;

use super::kind::{is_company, is_title};
use crate::country;
use crate::fold::fold;
use crate::printed::nationality;

/// An address, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct PostalAddress {
    pub street_1: String,
    pub street_2: String,
    pub city: String,
    /// State or province where the line of the city has one.
    pub region: String,
    /// Alpha-2; empty where neither a name nor the form of the postal code tells.
    pub country: String,
    pub postal_code: String,
    /// The lines as printed, joined by `, `.
    pub text: String,
}

/// An address with the name above it.
pub(super) struct Block {
    pub(super) name: Option<String>,
    pub(super) address: PostalAddress,
}

/// Postal code, city and what they tell of region and country.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Town {
    postal_code: String,
    city: String,
    region: String,
    country: &'static str,
}

/// Parses an address of one or more lines; a single line is parted at its commas.
///
/// ```
/// let address = document::proof_of_address::parse_address("Musterstraße 12, 10115 Berlin, Germany").expect("an address");
/// assert_eq!((address.street_1.as_str(), address.city.as_str(), address.country.as_str()), ("Musterstraße 12", "Berlin", "DE"));
/// ```
pub fn parse_address(text: &str) -> Option<PostalAddress> {
    let lines: Vec<&str> =
        text.split(['\n', ',', ';']).map(str::trim).filter(|line| !line.is_empty()).take(12).collect();
    // `Anytown, CA 90210` belongs in one.
    let mut joined: Vec<String> = Vec::new();
    for line in lines {
        let state = town(line).is_none()
            && joined.last().is_some_and(|last| {
                town(&format!("{last}, {line}")).is_some_and(|town| !town.region.is_empty())
            });
        match joined.last_mut().filter(|_| state) {
            Some(last) => *last = format!("{last}, {line}"),
            None => joined.push(line.to_owned()),
        }
    }
    let lines: Vec<&str> = joined.iter().map(String::as_str).collect();
    let at = (0..lines.len()).rev().find(|at| town(lines[*at]).is_some())?;
    Some(assemble(&lines, 0, at))
}

/// The likeliest block of the person addressed.
pub(super) fn find(lines: &[&str]) -> Option<Block> {
    let mut best: Option<(i32, usize, usize)> = None;
    for at in 0..lines.len() {
        if town(lines[at]).is_none() {
            continue;
        }
        let mut first = at;
        while first > 0 && at - first < 3 && is_part(lines[first - 1]) {
            first -= 1;
        }
        let name = (first..=at)
            .find(|line| as_name(lines[*line]).is_some())
            .or(first.checked_sub(1).filter(|line| as_name(lines[*line]).is_some()));
        let street = (first..at).any(|line| is_street(lines[line]));
        let company = (first.saturating_sub(1)..at).any(|line| is_company(lines[line]));
        let labelled = first > 0 && fold(lines[first - 1]).contains("address");
        let score = i32::from(street) * 4 + i32::from(name.is_some()) * 4 + i32::from(labelled) * 2
            - i32::from(company) * 4
            - i32::try_from(at / 15).unwrap_or(9).min(4);
        if best.is_none_or(|(points, ..)| score > points) {
            best = Some((score, first, at));
        }
    }
    let (score, first, at) = best?;
    if score < 2 {
        return None;
    }
    let name_at = (first..at).find(|line| as_name(lines[*line]).is_some());
    let above = first.checked_sub(1).filter(|line| as_name(lines[*line]).is_some());
    let name = name_at.or(above).and_then(|line| as_name(lines[line]));
    let street = name_at.map_or(first, |line| line + 1);
    Some(Block { name, address: assemble(lines, street.min(at), at) })
}

/// Lines `first..=at`, the last with the town, and a country's name below.
fn assemble(lines: &[&str], first: usize, at: usize) -> PostalAddress {
    let town = town(lines[at]).unwrap_or(Town {
        postal_code: String::new(),
        city: String::new(),
        region: String::new(),
        country: "",
    });
    let below =
        lines.get(at + 1).filter(|line| line.chars().count() <= 40).and_then(|line| nationality(line));
    let country = below.and_then(country::alpha2).unwrap_or(town.country);
    let mut streets: Vec<&str> = lines[first..at].iter().map(|line| without_label(line)).collect();
    // A British town stands on a line of its own above the postal code.
    let mut city = town.city.clone();
    if city.is_empty() && streets.len() > 1 {
        streets.pop().unwrap_or_default().clone_into(&mut city);
    }
    let mut text: Vec<&str> = lines[first..=at].iter().map(|line| without_label(line)).collect();
    if below.is_some() {
        text.push(lines[at + 1]);
    }
    PostalAddress {
        street_1: streets.first().copied().unwrap_or_default().to_owned(),
        street_2: streets.get(1..).unwrap_or_default().join(", "),
        city,
        region: town.region,
        country: country.to_owned(),
        postal_code: town.postal_code,
        text: text.join(", "),
    }
}

fn without_label(line: &str) -> &str {
    match line.split_once(':') {
        Some((label, rest)) if label.chars().count() <= 24 && !rest.trim().is_empty() => rest.trim(),
        _ => line,
    }
}

/// Whether a line may stand in an address above the town.
fn is_part(line: &str) -> bool {
    let count = line.chars().count();
    let words = line.split_whitespace().count();
    let signs =
        line.contains(['@', '£', '$', '€', '%', '=']) || line.contains("www") || line.contains("http");
    (2..=60).contains(&count) && words <= 9 && !signs && !is_title(line) && !line.ends_with(':')
}

/// Letters and a house number, or a word for street.
fn is_street(line: &str) -> bool {
    const WORDS: &str = "street|st|road|rd|avenue|ave|av|lane|drive|dr|close|court|way|place|square|strasse|str|weg|platz|allee|gasse|rue|boulevard|bd|chemin|impasse|place|calle|c|avda|avenida|paseo|plaza|via|viale|piazza|corso|rua|travessa|straat|laan|plein|ulica|ul|aleja|gatan|vagen|vej|gade|gate|veien|katu|tie|utca|ut|ter|strada|bulevardul|ulice|nam|namesti|ulitsa|ул|улица|бул|οδος|sokak|cadde|mah";
    let folded = fold(line);
    let digits = line.chars().any(|character| character.is_ascii_digit());
    let letters = line.chars().filter(|character| character.is_alphabetic()).count() >= 3;
    let word = folded.split(' ').any(|word| {
        WORDS.split('|').any(|known| known == word)
            || word.ends_with("strasse")
            || word.ends_with("straat")
            || word.ends_with("gatan")
            || word.ends_with("weg")
    });
    letters && (digits && folded.split(' ').count() <= 8 || word)
}

/// The line as a person's name, without the form of address; `None` if it is none.
pub(super) fn as_name(line: &str) -> Option<String> {
    const ADDRESSES: &str = "mr|mrs|ms|miss|mx|dr|prof|herr|frau|herrn|familie|m|mme|mlle|monsieur|madame|sr|sra|srta|don|dona|d|sig|sigra|signor|signora|exmo|de heer|mevrouw|dhr|mevr|pan|pani|hr|fru|ing|mgr|to|an";
    let words: Vec<&str> = line.split_whitespace().collect();
    let skip = words.iter().take_while(|word| ADDRESSES.split('|').any(|known| known == fold(word))).count();
    let words = words.get(skip..)?;
    let plain = |word: &&str| {
        word.chars().all(|c| c.is_alphabetic() || "'’.-\u{300}\u{301}".contains(c))
            && word.chars().any(char::is_alphabetic)
    };
    let capital = |word: &&str| {
        word.starts_with(char::is_uppercase)
            || PARTICLES.contains(word)
            || !word.chars().any(|c| c.is_lowercase() || c.is_uppercase())
    };
    let enough = (2..=6).contains(&words.len()) || skip > 0 && words.len() == 1;
    let person = enough && words.iter().all(|word| plain(word) && capital(word));
    let other = is_company(line)
        || is_title(line)
        || is_street_name(line)
        || nationality(line).is_some()
        || line.contains(':');
    (person && !other).then(|| words.join(" "))
}

const PARTICLES: [&str; 20] = [
    "de", "da", "do", "dos", "das", "del", "della", "di", "van", "von", "der", "den", "la", "le", "el",
    "bin", "al", "y", "e", "zu",
];

/// A street without a number is no name: `North Road`.
fn is_street_name(line: &str) -> bool {
    const LAST: &str = "street|road|avenue|lane|drive|close|court|way|place|square|gardens|house|building|hill|park|terrace|crescent|strasse|platz|allee|gasse|straat|laan|city|town|department|services|customer|team|energy|water|dear|account|summary|details|your|payment|information|support|centre|center";
    let folded = fold(line);
    folded.split(' ').any(|word| {
        LAST.split('|').any(|known| known == word) || word.ends_with("strasse") || word.ends_with("straat")
    }) || ["rue ", "calle ", "via ", "rua ", "avenue ", "boulevard ", "ulica ", "piazza ", "plaza "]
        .iter()
        .any(|start| folded.starts_with(start))
}

/// Postal code and city in a line, by the forms of many countries; those that only one country has come first.
fn town(line: &str) -> Option<Town> {
    let line = line.trim().trim_end_matches(['.', ',']);
    if line.chars().count() > 70 || line.contains(['@', '£', '$', '€', '%', '+']) {
        return None;
    }
    let words: Vec<&str> = line.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    code_of_two_words_behind(&words)
        .or_else(|| state_and_code_behind(&words))
        .or_else(|| code_in_front(&words))
        .or_else(|| code_behind(&words))
}

/// The form of a word: `9` for digits, `A` for capitals.
fn shape(word: &str) -> String {
    let sign = |c: char| {
        if c.is_ascii_digit() {
            '9'
        } else if c.is_ascii_uppercase() {
            'A'
        } else {
            c
        }
    };
    word.chars().map(sign).collect()
}

/// One to five words of letters.
fn lettered(words: &[&str]) -> bool {
    let word =
        |word: &&str| word.chars().all(|c| !c.is_ascii_digit()) && word.chars().any(char::is_alphabetic);
    (1..=5).contains(&words.len()) && words.iter().all(word)
}

fn made(postal_code: String, city: &[&str], region: &str, country: &'static str) -> Town {
    Town { postal_code, city: city.join(" "), region: region.to_owned(), country }
}

/// `London SW1A 1AA`, `Ottawa ON K1A 0B1`, `Dublin D02 X285`.
fn code_of_two_words_behind(words: &[&str]) -> Option<Town> {
    let [before @ .., outward, inward] = words else { return None };
    let (outer, inner) = (shape(outward), shape(inward));
    let code = format!("{outward} {inward}");
    if inner == "9AA" && ["A9", "A99", "AA9", "AA99", "A9A", "AA9A"].contains(&outer.as_str()) {
        return Some(made(code, before, "", "GB"));
    }
    if outer == "A9A" && inner == "9A9" {
        return match before {
            [city @ .., region] if shape(region) == "AA" => Some(made(code, city, region, "CA")),
            _ => Some(made(code, before, "", "CA")),
        };
    }
    let eircode = inward.len() == 4
        && inward.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
        && inward.bytes().any(|byte| byte.is_ascii_digit())
        && inward.bytes().any(|byte| byte.is_ascii_uppercase());
    let irish = ["A99", "A9A"].contains(&outer.as_str()) && eircode;
    if irish { Some(made(code, before, "", "IE")) } else { None }
}

/// `Anytown, CA 90210-1234`, `Sydney NSW 2000`.
fn state_and_code_behind(words: &[&str]) -> Option<Town> {
    const AUSTRALIAN: [&str; 8] = ["NSW", "VIC", "QLD", "SA", "WA", "TAS", "ACT", "NT"];
    let [city @ .., state, code] = words else { return None };
    let form = shape(code);
    let american = (form == "99999" || form == "99999-9999") && shape(state) == "AA";
    let australian = form == "9999" && AUSTRALIAN.contains(state);
    match (american, australian) {
        _ if !lettered(city) => None,
        (true, _) => Some(made((*code).to_owned(), city, state, "US")),
        (_, true) => Some(made((*code).to_owned(), city, state, "AU")),
        _ => None,
    }
}

/// `1012 AB Amsterdam`, `111 22 Stockholm`, `00-001 Warszawa`, `10115 Berlin`, `CH-8001 Zürich`, `20121 Milano MI`.
fn code_in_front(words: &[&str]) -> Option<Town> {
    let (first, rest) = words.split_first()?;
    let (prefix, digits) = prefixed(first);
    let form = shape(digits);
    if let [second, city @ ..] = rest
        && lettered(city)
    {
        let code = format!("{digits} {second}");
        match (form.as_str(), shape(second).as_str()) {
            ("9999", "AA") => return Some(made(code, city, "", "NL")),
            ("999", "99") => return Some(made(code, city, "", prefix.unwrap_or(""))),
            _ => {}
        }
    }
    if !lettered(rest) {
        return None;
    }
    let code = digits.to_owned();
    match form.as_str() {
        "99-999" => return Some(made(code, rest, "", "PL")),
        "9999-999" => return Some(made(code, rest, "", "PT")),
        "99999-999" => return Some(made(code, rest, "", "BR")),
        "99999" | "999999" => {}
        // A year is no postal code.
        "9999" if prefix.is_some() || !digits.starts_with("20") && !digits.starts_with("19") => {}
        _ => return None,
    }
    if !rest[0].starts_with(|c: char| c.is_uppercase() || !c.is_ascii()) {
        return None;
    }
    match rest {
        [city @ .., last] if !city.is_empty() && shape(last.trim_matches(['(', ')'])) == "AA" => {
            Some(made(code, city, last.trim_matches(['(', ')']), prefix.unwrap_or("IT")))
        }
        _ => Some(made(code, rest, "", prefix.unwrap_or(""))),
    }
}

/// `Mumbai 400001`, `São Paulo - SP 01310-100`.
fn code_behind(words: &[&str]) -> Option<Town> {
    let (code, city) = words.split_last()?;
    let form = shape(code);
    let known = form == "999999" || form == "99999-999";
    let city: Vec<&str> = city.iter().copied().filter(|word| *word != "-").collect();
    let country = if form.contains('-') { "BR" } else { "" };
    if known && lettered(&city) { Some(made((*code).to_owned(), &city, "", country)) } else { None }
}

/// `D-10115`, `CH-8000`, `LV-1010`: the country in front of the code.
fn prefixed(word: &str) -> (Option<&'static str>, &str) {
    let Some((letters, digits)) = word.split_once('-') else { return (None, word) };
    let country = match letters {
        "D" => Some("DE"),
        "A" => Some("AT"),
        "F" => Some("FR"),
        "I" => Some("IT"),
        "E" => Some("ES"),
        "B" => Some("BE"),
        "L" => Some("LU"),
        "S" => Some("SE"),
        "N" => Some("NO"),
        "H" => Some("HU"),
        two if two.len() == 2 && two.bytes().all(|byte| byte.is_ascii_uppercase()) => country::alpha2(two),
        _ => None,
    };
    country.map_or((None, word), |country| (Some(country), digits))
}

#[cfg(test)]
mod tests {
    use super::{as_name, parse_address, town};

    #[test]
    fn towns_of_many_countries_are_taken_apart() {
        for (line, code, city, region, country) in [
            ("London SW1A 1AA", "SW1A 1AA", "London", "", "GB"),
            ("SW1A 1AA", "SW1A 1AA", "", "", "GB"),
            ("Anytown, CA 90210-1234", "90210-1234", "Anytown", "CA", "US"),
            ("Ottawa ON K1A 0B1", "K1A 0B1", "Ottawa", "ON", "CA"),
            ("Dublin D02 X285", "D02 X285", "Dublin", "", "IE"),
            ("1012 AB Amsterdam", "1012 AB", "Amsterdam", "", "NL"),
            ("10115 Berlin", "10115", "Berlin", "", ""),
            ("D-10115 Berlin", "10115", "Berlin", "", "DE"),
            ("20121 Milano MI", "20121", "Milano", "MI", "IT"),
            ("00-001 Warszawa", "00-001", "Warszawa", "", "PL"),
            ("1000-001 Lisboa", "1000-001", "Lisboa", "", "PT"),
            ("111 22 Stockholm", "111 22", "Stockholm", "", ""),
            ("8001 Zürich", "8001", "Zürich", "", ""),
            ("Sydney NSW 2000", "2000", "Sydney", "NSW", "AU"),
        ] {
            let town = town(line).expect(line);
            assert_eq!(
                (town.postal_code.as_str(), town.city.as_str(), town.region.as_str(), town.country),
                (code, city, region, country),
                "{line}"
            );
        }
        for line in ["2026 Invoice", "12 North Road", "Total 123.45", "Account 12345678", ""] {
            assert_eq!(town(line), None, "{line}");
        }
    }

    #[test]
    fn addresses_in_one_line_come_apart() {
        let address = parse_address("12 North Road, Flat 3, Anytown, CA 90210, USA").expect("an address");
        assert_eq!((address.street_1.as_str(), address.street_2.as_str()), ("12 North Road", "Flat 3"));
        assert_eq!(
            (address.city.as_str(), address.region.as_str(), address.country.as_str()),
            ("Anytown", "CA", "US")
        );
        assert_eq!(parse_address("nowhere"), None);
    }

    #[test]
    fn names_are_told_from_streets_and_companies() {
        for (line, name) in [
            ("Ms Jane Sample", Some("Jane Sample")),
            ("JEAN-PIERRE DE LA TOUR", Some("JEAN-PIERRE DE LA TOUR")),
            ("Herrn Max Mustermann", Some("Max Mustermann")),
            ("North Road", None),
            ("Harborlight Energy Ltd", None),
            ("12 North Road", None),
            ("Electricity bill", None),
            ("Jane", None),
        ] {
            assert_eq!(as_name(line).as_deref(), name, "{line}");
        }
    }
}
