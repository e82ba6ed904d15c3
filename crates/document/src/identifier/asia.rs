//! Asia and Oceania.

use super::arithmetic::{
    Checked, NOTHING, born, born_in_some_century, date, digits, formed, holds, luhn, may_be, number,
    odd_male, of_digits, plain, verhoeff, weighted,
};
use super::scheme::{Kind, Scheme, row};
use super::verdict::{Birth, Encoded, Fault, Sex};

pub(super) const SCHEMES: &[Scheme] = &[
    row("il_mispar_zehut", "ISR", Kind::Person, "מספר זהות | ID No.", "99999999c", il_mispar_zehut),
    row(
        "ae_emirates_id",
        "ARE",
        Kind::Document,
        "رقم الهوية | ID Number",
        "784-9999-9999999-c",
        ae_emirates_id,
    ),
    row("sa_national_id", "SAU", Kind::Person, "رقم الهوية | ID No.", "999999999c", sa_national_id),
    row("kw_civil_id", "KWT", Kind::Person, "الرقم المدني | Civil ID No", "99999999999c", kw_civil_id),
    row("qa_qid", "QAT", Kind::Person, "الرقم الشخصي | ID No", "99999999999", qa_qid),
    row("bh_cpr", "BHR", Kind::Person, "CPR | الرقم الشخصي", "999999999", bh_cpr),
    row("ir_national_code", "IRN", Kind::Person, "شماره ملی | کد ملی", "999999999c", ir_national_code),
    row("kz_iin", "KAZ", Kind::Person, "ЖСН | ИИН | IIN", "99999999999c", kz_iin),
    row("pk_cnic", "PAK", Kind::Person, "CNIC | Identity Number", "99999-9999999-9", pk_cnic),
    row("in_aadhaar", "IND", Kind::Person, "Aadhaar", "99999999999c", in_aadhaar),
    row("in_pan", "IND", Kind::Register, "Permanent Account Number", "AAAAA9999A", in_pan),
    row("lk_nic", "LKA", Kind::Person, "NIC | National Identity Card No", "999999999A", lk_nic),
    row("cn_ric", "CHN", Kind::Person, "公民身份号码", "99999999999999999c", cn_ric),
    row("hk_hkid", "HKG", Kind::Document, "HKID | 身份證", "A999999(c)", hk_hkid),
    row("tw_id", "TWN", Kind::Person, "統一編號 | 身分證", "A99999999c", tw_id),
    row("kr_rrn", "KOR", Kind::Person, "주민등록번호", "999999-999999c", kr_rrn),
    row("jp_my_number", "JPN", Kind::Person, "個人番号", "99999999999c", jp_my_number),
    row("th_pin", "THA", Kind::Person, "เลขประจำตัวประชาชน | Identification Number", "999999999999c", th_pin),
    row("my_nric", "MYS", Kind::Person, "No. Kad Pengenalan | MyKad", "999999-99-9999", my_nric),
    row("sg_nric", "SGP", Kind::Person, "NRIC | FIN | Identity Card No.", "A9999999c", sg_nric),
    row("id_nik", "IDN", Kind::Person, "NIK", "9999999999999999", id_nik),
    row("vn_cccd", "VNM", Kind::Person, "Số | Số định danh cá nhân", "999999999999", vn_cccd),
    row("au_tfn", "AUS", Kind::Register, "TFN", "99999999c", au_tfn),
    row("au_medicare", "AUS", Kind::Register, "Medicare", "99999999c9", au_medicare),
    row("nz_ird", "NZL", Kind::Register, "IRD number", "99999999c", nz_ird),
];

/// Filled up to nine digits with zeros in front.
fn il_mispar_zehut(text: &str) -> Checked {
    let text = plain(text);
    let d = digits::<9>(&format!("{text:0>9}"))?;
    formed(number(&d) > 0)?;
    holds(luhn(&d))?;
    Ok(NOTHING)
}

/// Country, year of birth, order, Luhn's digit.
fn ae_emirates_id(text: &str) -> Checked {
    let d = digits::<15>(text)?;
    may_be(d[..3] == [7, 8, 4])?;
    holds(luhn(&d))?;
    let year = number(&d[3..7]) as i16;
    may_be((1880..=2100).contains(&year))?;
    Ok(Encoded { birth: Some(Birth { year, century_known: true, month: None, day: None }), sex: None })
}

/// 1 for citizens, 2 for residents.
fn sa_national_id(text: &str) -> Checked {
    let d = digits::<10>(text)?;
    may_be(matches!(d[0], 1 | 2))?;
    holds(luhn(&d))?;
    Ok(NOTHING)
}

/// Century (1: 1800s, 2: 1900s, 3: 2000s), birth date, order; a remainder that leaves no digit is not issued.
fn kw_civil_id(text: &str) -> Checked {
    let d = digits::<12>(text)?;
    holds(11 - weighted(&d[..11], &[2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11 == d[11])?;
    may_be((1..=3).contains(&d[0]))?;
    let year = 1700 + d[0] * 100 + number(&d[1..3]) as u32;
    Ok(Encoded { birth: born(year, number(&d[3..5]) as u32, number(&d[5..7]) as u32)?, sex: None })
}

/// Century (2 or 3), year of birth, country of birth by ISO 3166-1 numeric, order.
fn qa_qid(text: &str) -> Checked {
    let d = digits::<11>(text)?;
    may_be(matches!(d[0], 2 | 3) && number(&d[3..6]) < 900)?;
    let year = (1700 + d[0] * 100) as i16 + number(&d[1..3]) as i16;
    Ok(Encoded { birth: Some(Birth { year, century_known: true, month: None, day: None }), sex: None })
}

/// Year and month of birth, order.
fn bh_cpr(text: &str) -> Checked {
    let d = digits::<9>(text)?;
    let month = number(&d[2..4]) as i8;
    may_be((1..=12).contains(&month))?;
    let birth = Birth { year: number(&d[..2]) as i16, century_known: false, month: Some(month), day: None };
    Ok(Encoded { birth: Some(birth), sex: None })
}

fn ir_national_code(text: &str) -> Checked {
    let text = plain(text);
    let d = digits::<10>(&if (8..10).contains(&text.len()) { format!("{text:0>10}") } else { text })?;
    formed(d.iter().any(|digit| *digit != d[0]))?;
    let rest = weighted(&d[..9], &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    holds(d[9] == if rest < 2 { rest } else { 11 - rest })?;
    Ok(NOTHING)
}

/// Birth date, century and sex, order; a second round of weights where the first leaves ten.
fn kz_iin(text: &str) -> Checked {
    let d = digits::<12>(text)?;
    let first = weighted(&d[..11], &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11;
    let check =
        if first < 10 { first } else { weighted(&d[..11], &[3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11 };
    holds(check == d[11])?;
    may_be(d[6] <= 6)?;
    let birth = if d[6] == 0 {
        born_in_some_century(number(&d[..2]) as u32, number(&d[2..4]) as u32, number(&d[4..6]) as u32)?
    } else {
        let year = 1700 + d[6].div_ceil(2) * 100 + number(&d[..2]) as u32;
        born(year, number(&d[2..4]) as u32, number(&d[4..6]) as u32)?
    };
    Ok(Encoded { birth, sex: if d[6] == 0 { None } else { Some(odd_male(d[6])) } })
}

/// Province (1 to 7), locality, family and order; odd last digits are men's.
fn pk_cnic(text: &str) -> Checked {
    let d = digits::<13>(text)?;
    may_be((1..=7).contains(&d[0]) && d[12] != 0)?;
    Ok(Encoded { birth: None, sex: Some(odd_male(d[12])) })
}

/// Verhoeff's digit; no number begins with 0 or 1 or is the same read backwards.
fn in_aadhaar(text: &str) -> Checked {
    let d = digits::<12>(text)?;
    formed(d[0] > 1 && !d.iter().eq(d.iter().rev()))?;
    holds(verhoeff(&d))?;
    Ok(NOTHING)
}

/// The fourth letter is the kind of holder: P for a person.
fn in_pan(text: &str) -> Checked {
    let text = plain(text);
    formed(text.is_ascii())?;
    if text.len() != 10 {
        return Err(Fault::Length);
    }
    let letters = [0, 1, 2, 3, 4, 9].iter().all(|at| text.as_bytes()[*at].is_ascii_uppercase());
    formed(letters)?;
    let serial = number(&of_digits(&text[5..9])?);
    may_be("ABCEFGHJKLPT".contains(&text[3..4]))?;
    formed(serial > 0)?;
    Ok(NOTHING)
}

/// Nine digits and V or X, or twelve since 2016: year, day of the year (500 more for women), order.
fn lk_nic(text: &str) -> Checked {
    let text = plain(text);
    formed(text.is_ascii())?;
    let (year, century_known, day) = match text.len() {
        10 => {
            formed(text.ends_with(['V', 'X']))?;
            let d = of_digits(&text[..9])?;
            (number(&d[..2]) as i16, false, number(&d[2..5]))
        }
        12 => {
            let d = of_digits(&text)?;
            (number(&d[..4]) as i16, true, number(&d[4..7]))
        }
        _ => return Err(Fault::Length),
    };
    may_be(matches!(day, 1..=366 | 501..=866) && (!century_known || (1880..=2100).contains(&year)))?;
    // Every year is counted as a leap year, so the day gives month and day at once.
    let first = date(2000, 1, 1).ok_or(Fault::Component)?;
    let on =
        first.checked_add(jiff::Span::new().days((day % 500) as i64 - 1)).map_err(|_| Fault::Component)?;
    let birth = Birth { year, century_known, month: Some(on.month()), day: Some(on.day()) };
    Ok(Encoded { birth: Some(birth), sex: Some(if day > 500 { Sex::Female } else { Sex::Male }) })
}

/// GB 11643-1999: region, birth date, order (odd for men), ISO/IEC 7064 MOD 11-2.
fn cn_ric(text: &str) -> Checked {
    let text = plain(text);
    formed(text.is_ascii())?;
    if text.len() != 18 {
        return Err(Fault::Length);
    }
    let d = of_digits(&text[..17])?;
    let rest = d.iter().fold(0, |rest, digit| (rest + digit) * 2 % 11);
    let expected = match (12 - rest) % 11 {
        10 => 'X',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    };
    holds(text.ends_with(expected))?;
    may_be(
        matches!(number(&d[..2]), 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83),
    )?;
    let birth = born(number(&d[6..10]) as u32, number(&d[10..12]) as u32, number(&d[12..14]) as u32)?;
    Ok(Encoded { birth, sex: Some(odd_male(d[16])) })
}

/// One or two letters, six digits, check character; a missing letter counts 36.
fn hk_hkid(text: &str) -> Checked {
    let text = plain(text);
    formed(text.is_ascii())?;
    let text = match text.len() {
        8 => format!(" {text}"),
        9 => text,
        _ => return Err(Fault::Length),
    };
    let value = |byte: u8| char::from(byte).to_digit(36).unwrap_or(36);
    let letters = text[..2].trim_start();
    formed(letters.bytes().all(|byte| byte.is_ascii_uppercase()))?;
    of_digits(&text[2..8])?;
    formed(text.ends_with('A') || text.as_bytes()[8].is_ascii_digit())?;
    let values: Vec<u32> = text.bytes().map(value).collect();
    holds(weighted(&values, &[9, 8, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11))?;
    Ok(NOTHING)
}

/// A letter for the place, 1 for men and 2 for women, 8 and 9 for residents, or a second letter on old certificates.
fn tw_id(text: &str) -> Checked {
    // Values of A to Z by the order in which the places were numbered.
    const PLACES: [u32; 26] = [
        10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21, 22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31,
        33,
    ];
    let text = plain(text);
    formed(text.is_ascii())?;
    if text.len() != 10 {
        return Err(Fault::Length);
    }
    let place =
        |byte: u8| byte.is_ascii_uppercase().then(|| PLACES[usize::from(byte - b'A')]).ok_or(Fault::Format);
    let first = place(text.as_bytes()[0])?;
    let (kind, sex) = match text.as_bytes()[1] {
        b'1' => (1, Sex::Male),
        b'2' => (2, Sex::Female),
        b'8' => (8, Sex::Male),
        b'9' => (9, Sex::Female),
        letter @ (b'A' | b'C') => (place(letter)? % 10, Sex::Male),
        letter @ (b'B' | b'D') => (place(letter)? % 10, Sex::Female),
        _ => return Err(Fault::Format),
    };
    let mut values = vec![first / 10, first % 10, kind];
    values.extend(of_digits(&text[2..])?);
    holds(weighted(&values, &[1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]).is_multiple_of(10))?;
    Ok(Encoded { birth: None, sex: Some(sex) })
}

/// Birth date, sex and century, order. Numbers given since October 2020 end in six random digits, so a failing check
/// digit means nothing for those born since.
fn kr_rrn(text: &str) -> Checked {
    let d = digits::<13>(text)?;
    let century = match d[6] {
        1 | 2 | 5 | 6 => 1900,
        3 | 4 | 7 | 8 => 2000,
        _ => 1800,
    };
    let birth = born(century + number(&d[..2]) as u32, number(&d[2..4]) as u32, number(&d[4..6]) as u32)?;
    if date(2020, 10, 5)
        > date(century + number(&d[..2]) as u32, number(&d[2..4]) as u32, number(&d[4..6]) as u32)
    {
        may_be(number(&d[7..9]) <= 96)?;
        holds((11 - weighted(&d[..12], &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11) % 10 == d[12])?;
    }
    Ok(Encoded { birth, sex: Some(odd_male(d[6])) })
}

fn jp_my_number(text: &str) -> Checked {
    let d = digits::<12>(text)?;
    holds((11 - weighted(&d[..11], &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 == d[11])?;
    Ok(NOTHING)
}

fn th_pin(text: &str) -> Checked {
    let d = digits::<13>(text)?;
    may_be(d[0] != 0 && d[0] != 9)?;
    holds((11 - weighted(&d[..12], &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == d[12])?;
    Ok(NOTHING)
}

/// Birth date, place of birth, order; odd for men.
fn my_nric(text: &str) -> Checked {
    let d = digits::<12>(text)?;
    may_be(!matches!(number(&d[6..8]), 0 | 17..=20 | 69 | 70 | 73 | 80 | 81 | 94..=97))?;
    let birth =
        born_in_some_century(number(&d[..2]) as u32, number(&d[2..4]) as u32, number(&d[4..6]) as u32)?;
    Ok(Encoded { birth, sex: Some(odd_male(d[11])) })
}

/// S and T for citizens, F, G and M for foreigners; the letters that follow from the sum differ.
fn sg_nric(text: &str) -> Checked {
    let text = plain(text);
    formed(text.is_ascii())?;
    if text.len() != 9 {
        return Err(Fault::Length);
    }
    let d = of_digits(&text[1..8])?;
    let (more, letters) = match text.as_bytes()[0] {
        b'S' => (0, b"JZIHGFEDCBA"),
        b'T' => (4, b"JZIHGFEDCBA"),
        b'F' => (0, b"XWUTRQPNMLK"),
        b'G' => (4, b"XWUTRQPNMLK"),
        b'M' => (3, b"XWUTRQPNJLK"),
        _ => return Err(Fault::Format),
    };
    let sum = (weighted(&d, &[2, 7, 6, 5, 4, 3, 2]) + more) % 11;
    let letter = letters[sum as usize];
    formed(text.as_bytes()[8].is_ascii_uppercase())?;
    holds(text.as_bytes()[8] == letter)?;
    Ok(NOTHING)
}

/// Province, regency and district, birth date (40 more on the day for women), order.
fn id_nik(text: &str) -> Checked {
    let d = digits::<16>(text)?;
    let province =
        matches!(number(&d[..2]), 11..=21 | 31..=36 | 51..=53 | 61..=65 | 71..=76 | 81 | 82 | 91..=97);
    may_be(province && number(&d[2..4]) > 0)?;
    let day = number(&d[6..8]) as u32;
    let birth = born_in_some_century(number(&d[10..12]) as u32, number(&d[8..10]) as u32, day % 40)?;
    Ok(Encoded { birth, sex: Some(if day > 40 { Sex::Female } else { Sex::Male }) })
}

/// Province or country, sex and century (0: men of the 1900s, 1: women, 2 and 3: the 2000s …), year of birth.
fn vn_cccd(text: &str) -> Checked {
    let d = digits::<12>(text)?;
    let year = (1900 + d[3] / 2 * 100) as i16 + number(&d[4..6]) as i16;
    may_be(number(&d[..3]) > 0)?;
    let birth = Birth { year, century_known: true, month: None, day: None };
    Ok(Encoded { birth: Some(birth), sex: Some(odd_male(d[3] + 1)) })
}

/// Nine digits, or eight of old numbers.
fn au_tfn(text: &str) -> Checked {
    let d = of_digits(&plain(text))?;
    let weights: &[u32] = match d.len() {
        9 => &[1, 4, 3, 7, 5, 8, 6, 9, 10],
        8 => &[10, 7, 8, 4, 6, 3, 5, 1],
        _ => return Err(Fault::Length),
    };
    holds(weighted(&d, weights).is_multiple_of(11))?;
    Ok(NOTHING)
}

/// The ninth digit covers the first eight; issue number and, at times, the person's place on the card follow.
fn au_medicare(text: &str) -> Checked {
    let d = of_digits(&plain(text))?;
    if !(10..=11).contains(&d.len()) {
        return Err(Fault::Length);
    }
    may_be((2..=6).contains(&d[0]))?;
    holds(weighted(&d[..8], &[1, 3, 7, 9, 1, 3, 7, 9]) % 10 == d[8])?;
    Ok(NOTHING)
}

/// Eight or nine digits from 10,000,000 to 150,000,000; a second round of weights where the first leaves ten.
fn nz_ird(text: &str) -> Checked {
    let text = plain(text);
    if !(8..=9).contains(&text.len()) {
        return Err(Fault::Length);
    }
    let d = digits::<9>(&format!("{text:0>9}"))?;
    may_be((10_000_000..=150_000_000).contains(&number(&d)))?;
    let digit = |weights: &[u32]| (11 - weighted(&d[..8], weights) % 11) % 11;
    let first = digit(&[3, 2, 7, 6, 5, 4, 3, 2]);
    holds(d[8] == if first < 10 { first } else { digit(&[7, 4, 3, 2, 5, 2, 7, 6]) })?;
    Ok(NOTHING)
}
