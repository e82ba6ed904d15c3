//! Which language a text is in, by its script and its small words.

use std::collections::HashSet;

/// ISO 639-1 of the likeliest language; `None` if nothing tells.
pub(super) fn tell(text: &str) -> Option<&'static str> {
    if let Some(language) = by_script(text) {
        return Some(language);
    }
    let lower = text.to_lowercase();
    let words: HashSet<&str> =
        lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let scored = WORDS
        .iter()
        .map(|(language, known)| (known.split(' ').filter(|word| words.contains(word)).count(), *language));
    scored.rev().max_by_key(|(count, _)| *count).filter(|(count, _)| *count > 0).map(|(_, language)| language)
}

/// Scripts that one language of the list alone writes, or whose letters tell it.
fn by_script(text: &str) -> Option<&'static str> {
    let count = |from: char, to: char| text.chars().filter(|c| (from..=to).contains(c)).count();
    let has = |letters: &str| text.chars().any(|c| letters.contains(c));
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    let most = |letters: usize| letters > 8 && letters * 2 > latin;
    if most(count('\u{370}', '\u{3ff}')) {
        return Some("el");
    }
    if most(count('\u{600}', '\u{6ff}')) {
        return Some(if has("پچژگ") { "fa" } else { "ar" });
    }
    if most(count('\u{3040}', '\u{30ff}')) {
        return Some("ja");
    }
    for (from, to, language) in [
        ('\u{590}', '\u{5ff}', "he"),
        ('\u{530}', '\u{58f}', "hy"),
        ('\u{10a0}', '\u{10ff}', "ka"),
        ('\u{900}', '\u{97f}', "hi"),
        ('\u{980}', '\u{9ff}', "bn"),
        ('\u{e00}', '\u{e7f}', "th"),
        ('\u{ac00}', '\u{d7af}', "ko"),
        ('\u{4e00}', '\u{9fff}', "zh"),
    ] {
        if most(count(from, to)) {
            return Some(language);
        }
    }
    if most(count('\u{400}', '\u{4ff}')) {
        let telling = [
            ("қғңұүһ", "kk"),
            ("їєґ", "uk"),
            ("ђћџ", "sr"),
            ("ѓќѕ", "mk"),
            ("ыэё", "ru"),
            ("өү", "mn"),
            ("ъ", "bg"),
        ];
        return telling
            .into_iter()
            .find(|(letters, _)| has(letters))
            .map(|(_, language)| language)
            .or(Some("ru"));
    }
    None
}

const WORDS: &[(&str, &str)] = &[
    (
        "en",
        "the and your for this bill account date of payment statement please customer total amount due from with we",
    ),
    (
        "de",
        "und der die das ihre ihr für rechnung kundennummer datum bitte betrag mit von sie zum vom bis zahlung kontoauszug",
    ),
    (
        "fr",
        "le la les et votre vos facture de du des pour date client montant compte nous vous avec au relevé",
    ),
    ("es", "el la los su factura de del para fecha cliente importe cuenta con por total pago usted titular"),
    (
        "it",
        "il la lo gli bolletta fattura di del della per data cliente importo conto con totale pagamento suo scadenza",
    ),
    (
        "pt",
        "o a os as sua fatura de do da para data cliente valor conta com total pagamento não vencimento você",
    ),
    (
        "nl",
        "de het een uw factuur van voor datum klant bedrag rekening met totaal betaling en op wij klantnummer",
    ),
    ("pl", "i w z na do faktura data kwota konto klient płatności rachunek oraz numer dla termin"),
    ("ro", "și în de la pentru factura data client suma cont plata dumneavoastră cu din scadență"),
    ("cs", "a v na za faktura datum zákazník částka účet platba číslo splatnosti pro ze je"),
    ("sk", "a v na za faktúra dátum zákazník suma účet platba číslo splatnosti pre zo je"),
    ("hu", "és a az számla dátum ügyfél összeg fizetési határidő száma fizetendő ön"),
    ("sv", "och du din faktura att datum kund belopp konto betalning för till med av förfallodatum"),
    ("da", "og du din faktura at dato kunde beløb konto betaling for til med af forfaldsdato"),
    ("no", "og du din faktura å dato kunde beløp konto betaling for til med av forfallsdato"),
    ("fi", "ja sinun lasku päivämäärä asiakas summa tili maksu eräpäivä yhteensä laskun"),
    ("et", "ja arve kuupäev klient summa konto makse tähtaeg kokku teie"),
    ("lv", "un rēķins datums klients summa konts maksājums kopā jūsu"),
    ("lt", "ir sąskaita data klientas suma mokėjimas iš viso jūsų mokėti"),
    ("hr", "i račun datum kupac iznos plaćanje za na ukupno dospijeća vaš"),
    ("sl", "in račun datum kupec znesek plačilo za na skupaj zapadlosti vaš"),
    ("tr", "ve fatura tarih müşteri tutar hesap ödeme toplam için son sayın"),
    ("id", "dan tagihan tanggal pelanggan jumlah rekening pembayaran untuk dari anda"),
    ("ms", "dan bil tarikh pelanggan jumlah akaun bayaran untuk daripada anda"),
    ("vi", "và hóa đơn ngày khách hàng số tiền tài khoản thanh toán"),
    ("sq", "dhe fatura data klienti shuma llogaria pagesa për"),
    ("ca", "i el la els factura de del per data client import compte amb pagament"),
];

#[cfg(test)]
mod tests {
    use super::tell;

    #[test]
    fn languages_are_told_by_script_and_small_words() {
        for (text, language) in [
            ("Your electricity bill for the period", Some("en")),
            ("Ihre Rechnung vom 1. Mai, Kundennummer", Some("de")),
            ("Votre facture du mois, montant pour le client", Some("fr")),
            ("Su factura, importe total, titular de la cuenta", Some("es")),
            ("Λογαριασμός ηλεκτρικού ρεύματος", Some("el")),
            ("Рахунок за електроенергію, їхній", Some("uk")),
            ("12345", None),
        ] {
            assert_eq!(tell(text), language, "{text}");
        }
    }
}
