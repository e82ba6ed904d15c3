//! Spain, Portugal, France, Italy, Belgium, the Netherlands, Luxembourg, Germany, Austria, Switzerland, Ireland, the
//! United Kingdom, Greece and Malta.

use super::arithmetic::{
    Checked, NOTHING, born, born_in_some_century, date, digits, formed, holds, luhn, may_be, mod_11_10,
    number, odd_male, of_digits, plain, seven_three_one, verhoeff, weighted,
};
use super::scheme::{Kind, Scheme, row};
use super::verdict::{Birth, Encoded, Fault, Sex};

pub(super) const SCHEMES: &[Scheme] = &[
    row("es_dni", "ESP", Kind::Person, "DNI | NIF", "99999999c", es_dni),
    row("es_nie", "ESP", Kind::Person, "NIE", "A9999999c", es_nie),
    row("pt_nif", "PRT", Kind::Register, "NIF", "99999999c", pt_nif),
    row("pt_cc", "PRT", Kind::Document, "N.º documento | Document No.", "999999999XXc", pt_cc),
    row("fr_nir", "FRA", Kind::Register, "NIR | N° de sécurité sociale", "9999999999999cc", fr_nir),
    row("fr_cni", "FRA", Kind::Document, "N° carte nationale d'identité", "999999999999", fr_cni),
    row("it_codice_fiscale", "ITA", Kind::Person, "Codice fiscale", "AAAAAA99A99A999c", it_codice_fiscale),
    row("be_rrn", "BEL", Kind::Person, "Rijksregisternr. | N° national | NISS | INSZ", "999999999cc", be_rrn),
    row("be_id_card", "BEL", Kind::Document, "Kaartnr. | N° carte | Card No", "9999999999cc", be_id_card),
    row("nl_bsn", "NLD", Kind::Person, "BSN | Burgerservicenummer", "99999999c", nl_bsn),
    row("nl_document", "NLD", Kind::Document, "Documentnummer", "AAXXXXXX9", nl_document),
    row(
        "lu_matricule",
        "LUX",
        Kind::Person,
        "Matricule | Numéro d'identification",
        "99999999999cc",
        lu_matricule,
    ),
    row("de_idnr", "DEU", Kind::Register, "Steuer-ID | IdNr.", "9999999999c", de_idnr),
    row("de_id_card", "DEU", Kind::Document, "Ausweisnummer | Seriennummer", "XXXXXXXXXc", de_id_card),
    row("at_svnr", "AUT", Kind::Register, "SVNR | Versicherungsnummer", "999c999999", at_svnr),
    row("ch_ahv", "CHE", Kind::Register, "AHV | AVS | NAVS13", "999999999999c", ch_ahv),
    row("ie_pps", "IRL", Kind::Register, "PPS No", "9999999cA", ie_pps),
    row("gb_nino", "GBR", Kind::Register, "National Insurance number", "AA999999A", gb_nino),
    row("gb_nhs", "GBR", Kind::Register, "NHS number", "999999999c", gb_nhs),
    row("gb_driver", "GBR", Kind::Document, "Driver number | 5.", "XXXXX999999XX9AA", gb_driver),
    row("gr_amka", "GRC", Kind::Person, "ΑΜΚΑ | AMKA", "9999999999c", gr_amka),
    row("gr_afm", "GRC", Kind::Register, "ΑΦΜ | AFM", "99999999c", gr_afm),
    row("mt_id", "MLT", Kind::Person, "ID No.", "9999999A", mt_id),
];

const SPANISH: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";

/// Orden 8-2-1979: the letter is the number modulo 23.
fn es_dni(text: &str) -> Checked {
    let text = plain(text);
    let (body, letter) = text.split_at_checked(8).ok_or(Fault::Length)?;
    let body = of_digits(body)?;
    formed(letter.len() == 1)?;
    holds(letter.as_bytes()[0] == SPANISH[(number(&body) % 23) as usize])?;
    Ok(NOTHING)
}

fn es_nie(text: &str) -> Checked {
    let text = plain(text);
    let first = match text.chars().next() {
        Some('X') => "0",
        Some('Y') => "1",
        Some('Z') => "2",
        _ => return Err(Fault::Format),
    };
    es_dni(&format!("{first}{}", &text[1..]))
}

fn pt_nif(text: &str) -> Checked {
    let d = digits::<9>(text)?;
    formed(d[0] != 0)?;
    holds((11 - weighted(&d[..8], &[9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 == d[8])?;
    Ok(NOTHING)
}

/// Cartão de cidadão: number, its digit, version and check digit, with Luhn's sum over base 36.
fn pt_cc(text: &str) -> Checked {
    let text = plain(text);
    formed(text.is_ascii())?;
    if text.len() != 12 {
        return Err(Fault::Length);
    }
    of_digits(&text[..9])?;
    of_digits(&text[11..])?;
    let values: Option<Vec<u32>> = text.chars().map(|character| character.to_digit(36)).collect();
    let sum: u32 = values
        .ok_or(Fault::Format)?
        .iter()
        .enumerate()
        .map(
            |(at, value)| {
                if at % 2 == 0 { if value * 2 > 9 { value * 2 - 9 } else { value * 2 } } else { *value }
            },
        )
        .sum();
    holds(sum.is_multiple_of(10))?;
    Ok(NOTHING)
}

/// Sex, year and month of birth, department, commune, order; Corsica's 2A and 2B count as 19 and 18.
fn fr_nir(text: &str) -> Checked {
    let text = plain(text);
    formed(text.is_ascii())?;
    if text.len() != 15 {
        return Err(Fault::Length);
    }
    let d = of_digits(&text[..13].replacen("2A", "19", usize::from(&text[5..7] == "2A")).replacen(
        "2B",
        "18",
        usize::from(&text[5..7] == "2B"),
    ))?;
    let key = of_digits(&text[13..])?;
    holds(97 - number(&d) % 97 == number(&key))?;
    let (year, month) = (number(&d[1..3]) as i16, number(&d[3..5]) as i8);
    let known = (1..=12).contains(&month);
    let birth = Birth { year, century_known: false, month: known.then_some(month), day: None };
    let sex = match d[0] {
        1 | 3 | 7 => Some(Sex::Male),
        2 | 4 | 8 => Some(Sex::Female),
        _ => None,
    };
    Ok(Encoded { birth: Some(birth), sex })
}

/// Cards of 1994 to 2021: year and month of issue, department and order.
fn fr_cni(text: &str) -> Checked {
    let text = plain(text);
    formed(text.is_ascii())?;
    if text.len() != 12 {
        return Err(Fault::Length);
    }
    let month = number(&of_digits(&text[2..4])?);
    of_digits(&text[..2])?;
    formed(text[4..].bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'A' | b'B')))?;
    may_be((1..=12).contains(&month))?;
    Ok(NOTHING)
}

/// DM 23-12-1976. Digits give way to L M N P Q R S T U V where two people would share a code.
fn it_codice_fiscale(text: &str) -> Checked {
    const ODD: [u32; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let text = plain(text);
    formed(text.is_ascii())?;
    if text.len() != 16 {
        return Err(Fault::Length);
    }
    let bytes = text.as_bytes();
    let digit = |at: usize| match bytes[at] {
        byte @ b'0'..=b'9' => Ok(u32::from(byte - b'0')),
        byte => {
            "LMNPQRSTUV".bytes().position(|letter| letter == byte).map(|at| at as u32).ok_or(Fault::Format)
        }
    };
    formed([0, 1, 2, 3, 4, 5, 8, 11, 15].iter().all(|at| bytes[*at].is_ascii_uppercase()))?;
    for at in [12, 13, 14] {
        digit(at)?;
    }
    let month = "ABCDEHLMPRST".bytes().position(|letter| letter == bytes[8]).ok_or(Fault::Format)? as u32 + 1;
    let (year, day) = (digit(6)? * 10 + digit(7)?, digit(9)? * 10 + digit(10)?);
    let value = |byte: u8| u32::from(if byte.is_ascii_digit() { byte - b'0' } else { byte - b'A' });
    let sum: u32 =
        (0..15).map(|at| if at % 2 == 0 { ODD[value(bytes[at]) as usize] } else { value(bytes[at]) }).sum();
    holds(sum % 26 == u32::from(bytes[15] - b'A'))?;
    let sex = Some(if day > 40 { Sex::Female } else { Sex::Male });
    Ok(Encoded { birth: born_in_some_century(year, month, day % 40)?, sex })
}

/// Birth date, order (odd for men) and 97 minus the number modulo 97, with a 2 in front for those born since 2000.
/// Foreigners' numbers (BIS) add 20 or 40 to the month, and parts of the date may be unknown.
fn be_rrn(text: &str) -> Checked {
    let d = digits::<11>(text)?;
    let (body, check) = (number(&d[..9]), number(&d[9..]));
    let century = if 97 - body % 97 == check {
        1900
    } else if 97 - (2_000_000_000 + body) % 97 == check {
        2000
    } else {
        return Err(Fault::CheckDigit);
    };
    let (year, month, day) =
        (century + number(&d[..2]) as u32, number(&d[2..4]) as u32, number(&d[4..6]) as u32);
    let (foreign, month) = (month >= 20, month % 20);
    may_be(number(&d[2..4]) <= 52 && (month <= 12))?;
    let sex = (!foreign || number(&d[2..4]) >= 40).then(|| odd_male(d[8]));
    let birth = if month == 0 || day == 0 || date(year, month, day).is_none() {
        may_be(month == 0 || day == 0 || day > 31 || foreign)?;
        None
    } else {
        born(year, month, day)?
    };
    Ok(Encoded { birth, sex })
}

/// Ten digits and their remainder modulo 97, which is 97 for 0.
fn be_id_card(text: &str) -> Checked {
    let text = plain(text);
    // Cards since 2010 begin with B and carry an ICAO digit instead.
    if let Some(rest) = text.strip_prefix('B') {
        let d = of_digits(rest)?;
        formed(d.len() == 9)?;
        return Ok(NOTHING);
    }
    let d = digits::<12>(&text)?;
    let rest = number(&d[..10]) % 97;
    holds(number(&d[10..]) == if rest == 0 { 97 } else { rest })?;
    Ok(NOTHING)
}

fn nl_bsn(text: &str) -> Checked {
    let text = plain(text);
    let d = digits::<9>(&if text.len() == 8 { format!("0{text}") } else { text })?;
    formed(number(&d) > 0)?;
    holds((weighted(&d[..8], &[9, 8, 7, 6, 5, 4, 3, 2]) + 10 * d[8]).is_multiple_of(11))?;
    Ok(NOTHING)
}

/// Passports and identity cards: never the letter O.
fn nl_document(text: &str) -> Checked {
    let text = plain(text);
    if text.len() != 9 {
        return Err(Fault::Length);
    }
    let fits = |at: usize, byte: u8| match at {
        0 | 1 => byte.is_ascii_uppercase(),
        8 => byte.is_ascii_digit(),
        _ => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
    };
    formed(text.bytes().enumerate().all(|(at, byte)| fits(at, byte) && byte != b'O'))?;
    Ok(NOTHING)
}

/// Birth date and order, then Luhn's and Verhoeff's digit over the same eleven (règlement of 5 March 2013).
fn lu_matricule(text: &str) -> Checked {
    let d = digits::<13>(text)?;
    let mut last = d[..11].to_vec();
    last.push(d[12]);
    holds(luhn(&d[..12]) && verhoeff(&last))?;
    let birth = born(number(&d[..4]) as u32, number(&d[4..6]) as u32, number(&d[6..8]) as u32)?;
    Ok(Encoded { birth, sex: None })
}

/// § 139b AO: of the first ten digits one stands twice or three times, the others once at most.
fn de_idnr(text: &str) -> Checked {
    let d = digits::<11>(text)?;
    formed(d[0] != 0)?;
    let mut counts = [0; 10];
    d[..10].iter().for_each(|digit| counts[*digit as usize] += 1);
    let repeated: Vec<i32> = counts.into_iter().filter(|count| *count > 1).collect();
    formed(matches!(repeated[..], [2 | 3]))?;
    holds(mod_11_10(&d))?;
    Ok(NOTHING)
}

/// Nine letters and digits without vowels and look-alikes, with or without the ICAO check digit.
fn de_id_card(text: &str) -> Checked {
    let text = plain(text);
    let allowed = |byte: u8| byte.is_ascii_digit() || b"CFGHJKLMNPRTVWXYZ".contains(&byte);
    if !(9..=10).contains(&text.len()) {
        return Err(Fault::Length);
    }
    formed(text.bytes().all(allowed))?;
    if let Some(digit) = text.chars().nth(9) {
        holds(digit.to_digit(10) == Some(seven_three_one(&text[..9])))?;
    }
    Ok(NOTHING)
}

/// Order, check digit, birth date; months 13 to 15 stand for dates that are used up.
fn at_svnr(text: &str) -> Checked {
    let d = digits::<10>(text)?;
    formed(d[0] != 0)?;
    holds(weighted(&d, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 == d[3])?;
    let (day, month) = (number(&d[4..6]) as u32, number(&d[6..8]) as u32);
    let birth = born_in_some_century(number(&d[8..]) as u32, month, day).unwrap_or(None);
    Ok(Encoded { birth, sex: None })
}

/// An EAN-13 of the country prefix 756.
fn ch_ahv(text: &str) -> Checked {
    let d = digits::<13>(text)?;
    holds(weighted(&d, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]).is_multiple_of(10))?;
    may_be(d[..3] == [7, 5, 6])?;
    Ok(NOTHING)
}

/// Seven digits, a check letter, and since 2013 a second letter that counts nine-fold; old ones with W, T or X do not
/// count.
fn ie_pps(text: &str) -> Checked {
    const LETTERS: &str = "WABCDEFGHIJKLMNOPQRSTUV";
    let text = plain(text);
    formed(text.is_ascii())?;
    if !(8..=9).contains(&text.len()) {
        return Err(Fault::Length);
    }
    let d = of_digits(&text[..7])?;
    let extra = match text.chars().nth(8) {
        None | Some('W' | 'T' | 'X') => 0,
        Some(letter @ 'A'..='I') => 9 * (letter as u32 - 'A' as u32 + 1),
        Some(_) => return Err(Fault::Format),
    };
    let sum = weighted(&d, &[8, 7, 6, 5, 4, 3, 2]) + extra;
    let letter = text.chars().nth(7).unwrap_or_default();
    formed(LETTERS.contains(letter))?;
    holds(LETTERS.chars().nth((sum % 23) as usize) == Some(letter))?;
    Ok(NOTHING)
}

/// HMRC NIM39110: prefixes that are not used, suffix A to D.
fn gb_nino(text: &str) -> Checked {
    let text = plain(text);
    formed(text.is_ascii())?;
    if text.len() != 9 {
        return Err(Fault::Length);
    }
    let (first, second) = (&text[..1], &text[1..2]);
    of_digits(&text[2..8])?;
    let letters = text[..2].bytes().all(|byte| byte.is_ascii_uppercase()) && "ABCD".contains(&text[8..]);
    formed(letters)?;
    let unused = ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains(&&text[..2]);
    may_be(!unused && !"DFIQUV".contains(first) && !"DFIQUVO".contains(second))?;
    Ok(NOTHING)
}

fn gb_nhs(text: &str) -> Checked {
    let d = digits::<10>(text)?;
    holds((11 - weighted(&d[..9], &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 == d[9])?;
    Ok(NOTHING)
}

/// Surname, decade, month (plus 50 for women), day, year, initials; its check character is not public.
fn gb_driver(text: &str) -> Checked {
    let text: String = plain(text).chars().take(16).collect();
    formed(text.is_ascii())?;
    if text.len() != 16 {
        return Err(Fault::Length);
    }
    // Fillers of the surname and a missing second initial are nines.
    let name = text[..5].trim_end_matches('9');
    let initials = text[11..13].bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'9');
    formed(!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase()) && initials)?;
    let d = of_digits(&text[5..11])?;
    formed(text[13..].bytes().all(|byte| byte.is_ascii_alphanumeric()))?;
    let (female, month) = (d[1] >= 5, d[1] % 5 * 10 + d[2]);
    let birth = born_in_some_century(d[0] * 10 + d[5], month, d[3] * 10 + d[4])?;
    Ok(Encoded { birth, sex: Some(if female { Sex::Female } else { Sex::Male }) })
}

fn gr_amka(text: &str) -> Checked {
    let d = digits::<11>(text)?;
    holds(luhn(&d))?;
    let birth =
        born_in_some_century(number(&d[4..6]) as u32, number(&d[2..4]) as u32, number(&d[..2]) as u32)?;
    Ok(Encoded { birth, sex: Some(odd_male(d[9])) })
}

fn gr_afm(text: &str) -> Checked {
    let text = plain(text.trim_start_matches("EL"));
    // Numbers of before 1998 had eight digits.
    let d = digits::<9>(&if text.len() == 8 { format!("0{text}") } else { text })?;
    holds(weighted(&d[..8], &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == d[8])?;
    Ok(NOTHING)
}

fn mt_id(text: &str) -> Checked {
    let text = plain(text);
    let body = text.strip_suffix(['M', 'G', 'A', 'P', 'L', 'H', 'B', 'Z']).ok_or(Fault::Format)?;
    let d = of_digits(body)?;
    if (3..=7).contains(&d.len()) { Ok(NOTHING) } else { Err(Fault::Length) }
}
