//! How a letter may stand in a machine-readable zone: every way that ICAO 9303-3 §6 has or issuers use.

/// The ways to write one character (upper case) with `A`–`Z`; an empty text where it may be left out. `None` if no
/// table has it.
pub(super) fn ways(character: char) -> Option<&'static [&'static str]> {
    let upper = character.to_uppercase().next().unwrap_or(character);
    let upper = if character == 'ß' { 'ß' } else { upper };
    if let Some(at) = ('A'..='Z').position(|letter| letter == upper) {
        return Some(&LETTERS[at]);
    }
    TABLE.iter().find(|(letters, _)| letters.contains(upper)).map(|(_, ways)| *ways)
}

/// Two Greek letters that stand for one sound (ISO 843 as in 9303-3 §6, Greek passports).
pub(super) fn pair(first: char, second: char) -> Option<&'static [&'static str]> {
    let pair = [first, second].map(|letter| letter.to_uppercase().next().unwrap_or(letter));
    Some(match pair {
        ['Ο', 'Υ' | 'Ύ'] => &["OU"],
        ['Α', 'Υ' | 'Ύ'] => &["AV", "AF", "AY"],
        ['Ε', 'Υ' | 'Ύ'] => &["EV", "EF", "EY"],
        ['Η', 'Υ' | 'Ύ'] => &["IV", "IF"],
        ['Μ', 'Π'] => &["B", "MP"],
        ['Ν', 'Τ'] => &["NT", "D"],
        ['Γ', 'Γ'] => &["NG", "GG"],
        ['Γ', 'Κ'] => &["GK", "G", "NK"],
        ['Γ', 'Ξ'] => &["NX", "GX"],
        ['Γ', 'Χ'] => &["NCH", "GCH"],
        _ => return None,
    })
}

const LETTERS: [[&str; 1]; 26] = [
    ["A"],
    ["B"],
    ["C"],
    ["D"],
    ["E"],
    ["F"],
    ["G"],
    ["H"],
    ["I"],
    ["J"],
    ["K"],
    ["L"],
    ["M"],
    ["N"],
    ["O"],
    ["P"],
    ["Q"],
    ["R"],
    ["S"],
    ["T"],
    ["U"],
    ["V"],
    ["W"],
    ["X"],
    ["Y"],
    ["Z"],
];

type Row = (&'static str, &'static [&'static str]);

const TABLE: &[Row] = &[
    // §6 A, Latin letters.
    ("ÀÁÂÃĀĂĄǍẠẢẤẦẨẪẬẮẰẲẴẶ", &["A"]),
    ("Ä", &["AE", "A"]),
    ("Å", &["AA", "A"]),
    ("ÆǼ", &["AE"]),
    ("ÇĆĈĊČ", &["C"]),
    ("ĎĐ", &["D", "DJ"]),
    ("Ð", &["D", "DH"]),
    ("ÈÉÊËĒĔĖĘĚẸẺẼẾỀỂỄỆƏ", &["E"]),
    ("ĜĞĠĢǦ", &["G"]),
    ("ĤĦ", &["H"]),
    ("ÌÍÎÏĨĪĬĮİỈỊ", &["I"]),
    ("Ĳ", &["IJ"]),
    ("Ĵ", &["J"]),
    ("ĶǨ", &["K"]),
    ("ĹĻĽĿŁ", &["L"]),
    ("Ñ", &["N", "NXX"]),
    ("ŃŅŇ", &["N"]),
    ("Ŋ", &["N", "NG"]),
    ("ÒÓÔÕŌŎŐƠỌỎỐỒỔỖỘỚỜỞỠỢ", &["O"]),
    ("Ö", &["OE", "O"]),
    ("ØǾ", &["OE", "O"]),
    ("Œ", &["OE"]),
    ("ŔŖŘ", &["R"]),
    ("ŚŜŞŠȘ", &["S"]),
    ("ßẞ", &["SS"]),
    ("ŢŤŦȚ", &["T"]),
    ("Þ", &["TH"]),
    ("ÙÚÛŨŪŬŮŰŲƯỤỦỨỪỬỮỰ", &["U"]),
    ("Ü", &["UE", "UXX", "U"]),
    ("Ŵ", &["W"]),
    ("ÝŶŸỲỴỶỸ", &["Y"]),
    ("ŹŻŽ", &["Z"]),
    ("ĸ", &["Q"]),
    // §6 B, Cyrillic letters, and the romanisations of Bulgaria, Serbia, North Macedonia and Ukraine.
    ("А", &["A"]),
    ("Б", &["B"]),
    ("В", &["V"]),
    ("Г", &["G", "H"]),
    ("Ґ", &["G"]),
    ("Д", &["D"]),
    ("Е", &["E", "YE", "IE"]),
    ("Ё", &["E", "IO", "YO"]),
    ("Ж", &["ZH", "Z", "J"]),
    ("З", &["Z"]),
    ("И", &["I", "Y"]),
    ("І", &["I"]),
    ("Ї", &["I", "YI"]),
    ("Й", &["I", "Y", "J"]),
    ("К", &["K"]),
    ("Л", &["L"]),
    ("М", &["M"]),
    ("Н", &["N"]),
    ("О", &["O"]),
    ("П", &["P"]),
    ("Р", &["R"]),
    ("С", &["S"]),
    ("Т", &["T"]),
    ("У", &["U", "OU"]),
    ("Ў", &["U"]),
    ("Ф", &["F"]),
    ("Х", &["KH", "H"]),
    ("Ц", &["TS", "C"]),
    ("Ч", &["CH", "C"]),
    ("Ш", &["SH", "S"]),
    ("Щ", &["SHCH", "SHT"]),
    ("Ъ", &["IE", "A", ""]),
    ("Ы", &["Y"]),
    ("Ь", &["", "Y"]),
    ("Э", &["E"]),
    ("Ю", &["IU", "YU"]),
    ("Я", &["IA", "YA"]),
    ("Є", &["IE", "YE"]),
    ("Ђ", &["D", "DJ"]),
    ("Ѓ", &["G", "GJ"]),
    ("Ѕ", &["DZ"]),
    ("Ј", &["J"]),
    ("Љ", &["LJ"]),
    ("Њ", &["NJ"]),
    ("Ћ", &["C"]),
    ("Ќ", &["K", "KJ"]),
    ("Џ", &["DZ", "DJ"]),
    // Greek letters (ISO 843, transcription).
    ("ΑΆ", &["A"]),
    ("Β", &["V", "B"]),
    ("Γ", &["G", "Y"]),
    ("Δ", &["D"]),
    ("ΕΈ", &["E"]),
    ("Ζ", &["Z"]),
    ("ΗΉ", &["I", "H"]),
    ("Θ", &["TH"]),
    ("ΙΊΪ", &["I"]),
    ("Κ", &["K"]),
    ("Λ", &["L"]),
    ("Μ", &["M"]),
    ("Ν", &["N"]),
    ("Ξ", &["X", "KS"]),
    ("ΟΌ", &["O"]),
    ("Π", &["P"]),
    ("Ρ", &["R"]),
    ("Σ", &["S"]),
    ("Τ", &["T"]),
    ("ΥΎΫ", &["Y", "I", "U"]),
    ("Φ", &["F", "PH"]),
    ("Χ", &["CH", "H", "X"]),
    ("Ψ", &["PS"]),
    ("ΩΏ", &["O"]),
    // §6 C, Arabic letters; vowel marks and the lengthening stroke are left out.
    ("ء", &["XE"]),
    ("آ", &["XAA"]),
    ("أ", &["XAE"]),
    ("ؤ", &["U"]),
    ("إ", &["I"]),
    ("ئ", &["XI"]),
    ("ا", &["A"]),
    ("ب", &["B"]),
    ("ة", &["XTA", "XAH"]),
    ("ت", &["T"]),
    ("ث", &["XTH"]),
    ("ج", &["J"]),
    ("ح", &["XH"]),
    ("خ", &["XKH"]),
    ("د", &["D"]),
    ("ذ", &["XDH"]),
    ("ر", &["R"]),
    ("ز", &["Z"]),
    ("س", &["S"]),
    ("ش", &["XSH"]),
    ("ص", &["XSS"]),
    ("ض", &["XDZ"]),
    ("ط", &["XTT"]),
    ("ظ", &["XZZ"]),
    ("ع", &["E"]),
    ("غ", &["G"]),
    ("ف", &["F"]),
    ("ق", &["Q"]),
    ("ك", &["K"]),
    ("ل", &["L"]),
    ("م", &["M"]),
    ("ن", &["N"]),
    ("ه", &["H"]),
    ("و", &["W"]),
    ("ى", &["XAY"]),
    ("ي", &["Y"]),
    ("پ", &["P"]),
    ("چ", &["XCH"]),
    ("ژ", &["XZH"]),
    ("گ", &["XG"]),
    ("ک", &["XKE", "K"]),
    ("ی", &["XYA", "Y"]),
    ("ـًٌٍَُِّْ", &[""]),
];

#[cfg(test)]
mod tests {
    use super::{TABLE, ways};

    #[test]
    fn every_way_is_plain_capitals() {
        for (letters, ways) in TABLE {
            assert!(!letters.is_empty() && !ways.is_empty());
            assert!(ways.iter().all(|way| way.bytes().all(|byte| byte.is_ascii_uppercase())), "{letters}");
        }
        assert_eq!(ways('ü'), Some(&["UE", "UXX", "U"][..]));
        assert_eq!(ways('q'), Some(&["Q"][..]));
        assert_eq!(ways('李'), None);
    }
}
