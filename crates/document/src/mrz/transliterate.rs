//! From names as written to the letters a machine-readable zone has (ICAO 9303-3 §6 A, Latin letters).

/// One character as the zone writes it: letters `A`–`Z`, a filler for spaces and hyphens, nothing for apostrophes,
/// full stops and commas (ICAO 9303-3 §4.6). `None` if the standard's Latin table does not have it.
///
/// Where the standard leaves a choice, the first of its recommendations is taken (`Ä` → `AE`, `Ñ` → `N`).
pub(super) fn letters(character: char) -> Option<&'static str> {
    let mut uppercase = character.to_uppercase();
    // ß has two letters for upper case; the table knows it as it is.
    let upper = if uppercase.len() == 1 { uppercase.next().unwrap_or(character) } else { character };
    if let Some(index) = ('A'..='Z').position(|letter| letter == upper) {
        return Some(&"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[index..=index]);
    }
    if let Some((_, letters)) = LATIN.iter().find(|(from, _)| from.contains(upper)) {
        return Some(letters);
    }
    // A combining mark after its letter; those that make a letter of their own were joined before.
    if ('\u{300}'..='\u{36f}').contains(&character) {
        return Some("");
    }
    match character {
        ' ' | '\u{a0}' | '-' | '\u{2010}'..='\u{2014}' | '<' => Some("<"),
        '\'' | '`' | '´' | '\u{2018}' | '\u{2019}' | '\u{2bb}' | '\u{2bc}' | '.' | ',' | '·' => Some(""),
        _ => None,
    }
}

/// A name as the zone writes it, without the fillers around it; `Err` has the first character without a rule.
///
/// ```
/// assert_eq!(document::mrz::transliterate("Núñez-O'Brien Müller").as_deref(), Ok("NUNEZ<OBRIEN<MUELLER"));
/// ```
pub fn transliterate(name: &str) -> Result<String, char> {
    let mut out = String::with_capacity(name.len());
    for character in precomposed(name) {
        let letters = letters(character).ok_or(character)?;
        if letters != "<" || (!out.is_empty() && !out.ends_with('<')) {
            out.push_str(letters);
        }
    }
    out.truncate(out.trim_end_matches('<').len());
    Ok(out)
}

/// Joins the few letter-and-mark pairs whose precomposed letter is not simply the bare letter.
fn precomposed(name: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(name.len());
    for character in name.chars() {
        let joined = match (out.last().map(char::to_ascii_uppercase), character) {
            (Some('A'), '\u{308}') => Some('Ä'),
            (Some('O'), '\u{308}') => Some('Ö'),
            (Some('U'), '\u{308}') => Some('Ü'),
            (Some('A'), '\u{30a}') => Some('Å'),
            _ => None,
        };
        match joined {
            Some(letter) => {
                out.pop();
                out.push(letter);
            }
            None => out.push(character),
        }
    }
    out
}

/// Upper-case letters and what they become.
const LATIN: &[(&str, &str)] = &[
    ("ÀÁÂÃĀĂĄǍ", "A"),
    ("ÄÆǼ", "AE"),
    ("Å", "AA"),
    ("ÇĆĈĊČ", "C"),
    ("ÐĎĐ", "D"),
    ("ÈÉÊËĒĔĖĘĚƏ", "E"),
    ("ĜĞĠĢǦ", "G"),
    ("ĤĦ", "H"),
    ("ÌÍÎÏĨĪĬĮİIı", "I"),
    ("Ĳ", "IJ"),
    ("Ĵ", "J"),
    ("ĶǨ", "K"),
    ("ĹĻĽĿŁ", "L"),
    ("ÑŃŅŇŊ", "N"),
    ("ÒÓÔÕŌŎŐƠ", "O"),
    ("ÖØŒǾ", "OE"),
    ("ŔŖŘ", "R"),
    ("ŚŜŞŠȘ", "S"),
    ("ẞß", "SS"),
    ("ŢŤŦȚ", "T"),
    ("Þ", "TH"),
    ("ÙÚÛŨŪŬŮŰŲƯ", "U"),
    ("Ü", "UE"),
    ("Ŵ", "W"),
    ("ÝŶŸ", "Y"),
    ("ŹŻŽ", "Z"),
    ("ĸ", "Q"),
];

#[cfg(test)]
mod tests {
    use super::transliterate;

    #[test]
    fn names_of_many_nations_become_plain_letters() {
        for (name, expected) in [
            ("van der Muellen", "VAN<DER<MUELLEN"),
            ("Papandropoulous", "PAPANDROPOULOUS"),
            ("D'Artagnan", "DARTAGNAN"),
            ("O’Connor", "OCONNOR"),
            ("Smith-Jones", "SMITH<JONES"),
            ("Jr. Martin", "JR<MARTIN"),
            ("Łukasz Źdźbło", "LUKASZ<ZDZBLO"),
            ("Þórður", "THORDUR"),
            ("Ærøskøbing", "AEROESKOEBING"),
            ("Straße", "STRASSE"),
            ("Mu\u{308}ller", "MUELLER"),
            ("Jose\u{301}", "JOSE"),
            ("Åse", "AASE"),
            ("  Ana  -  María ", "ANA<MARIA"),
            ("İsmail Işık", "ISMAIL<ISIK"),
            ("Lưu", "LUU"),
        ] {
            assert_eq!(transliterate(name).as_deref(), Ok(expected), "{name}");
        }
    }

    #[test]
    fn a_character_without_a_rule_is_named() {
        assert_eq!(transliterate("Li 李"), Err('李'));
        assert_eq!(transliterate("R2D2"), Err('2'));
    }
}
