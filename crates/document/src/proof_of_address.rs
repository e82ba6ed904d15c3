//! Proof of address: what the lines of a bill, a statement or a certificate say (contract, features §9).

mod address;
mod bank;
mod kind;
mod language;
mod score;

use jiff::civil::Date;
use serde::Serialize;

pub use address::{PostalAddress, parse_address};
pub use bank::{BankDetails, iban_holds};
pub use kind::{Kind, Subtype};
pub use score::{address_score, name_score};

use crate::country;
use crate::fold::fold;
use crate::printed::countries_named;
use crate::printed::date::{Century, Spot, find};

/// What was read. Anything not found is `None`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProofOfAddress {
    pub kind: Kind,
    pub subtype: Subtype,
    /// ISO 639-1.
    pub language: Option<&'static str>,
    /// Alpha-3.
    pub issuing_state: Option<&'static str>,
    pub issuer: Option<String>,
    pub issue_date: Option<Date>,
    pub expiration_date: Option<Date>,
    pub name: Option<String>,
    pub address: Option<PostalAddress>,
    pub bank: BankDetails,
}

/// More lines than a few pages have are not looked at.
const MOST_LINES: usize = 600;

/// Reads lines in reading order. `today` settles centuries and what lies in the future.
///
/// ```
/// let lines = ["Harborlight Energy Ltd", "Electricity bill", "Ms Jane Sample", "12 North Road", "London SW1A 1AA",
///     "Bill date: 11 February 2026"];
/// let read = document::proof_of_address::read(&lines, jiff::civil::date(2026, 3, 1));
/// assert_eq!(read.kind.code(), "UTILITY_BILL");
/// assert_eq!(read.name.as_deref(), Some("Jane Sample"));
/// assert_eq!(read.address.map(|address| address.postal_code), Some("SW1A 1AA".to_owned()));
/// assert_eq!(read.issue_date, Some(jiff::civil::date(2026, 2, 11)));
/// ```
pub fn read(lines: &[&str], today: Date) -> ProofOfAddress {
    let lines: Vec<&str> = lines
        .iter()
        .take(MOST_LINES)
        .map(|line| line.trim())
        .filter(|line| !line.is_empty() && line.len() < 400)
        .collect();
    let text = fold(&lines.join(" "));
    let (kind, subtype) = kind::tell(&text);
    let bank = bank::read(&lines);
    let block = address::find(&lines);
    let issuing_state = state(&lines, block.as_ref().map(|block| &block.address), &bank);
    let (issue_date, expiration_date) = dates(&lines, issuing_state, today);
    let name = named(&lines).or_else(|| block.as_ref().and_then(|block| block.name.clone()));
    ProofOfAddress {
        kind,
        subtype,
        language: language::tell(&lines.join(" ")),
        issuing_state,
        issuer: issuer(&lines, name.as_deref()),
        issue_date,
        expiration_date,
        name,
        address: block.map(|block| block.address),
        bank,
    }
}

/// The address's country, else one that is named, else the account's.
fn state(lines: &[&str], address: Option<&PostalAddress>, bank: &BankDetails) -> Option<&'static str> {
    let from_address = address.and_then(|address| country::alpha3(&address.country));
    let named = || lines.iter().find_map(|line| countries_named(line).first().copied());
    let from_bank = || bank.iban.as_deref().and_then(|iban| country::alpha3(iban.get(..2)?));
    from_address.or_else(from_bank).or_else(named)
}

const ISSUED: &str = "invoice date|bill date|billing date|statement date|date of issue|issue date|issued on|date issued|issued|letter date|date of bill|date of invoice|rechnungsdatum|ausstellungsdatum|auszugsdatum|kontoauszug vom|rechnung vom|date de facture|date facture|date d emission|date de la facture|emis le|facture du|fecha de emision|fecha de factura|fecha factura|fecha de expedicion|emitida el|data fattura|data emissione|data di emissione|fattura del|emessa il|data de emissao|data emissao|data da fatura|emitida em|factuurdatum|datum factuur|data wystawienia|data faktury|fakturadato|fakturadatum|laskun paivays|laskun pvm|paivays|datum vystaveni|datum vystavenia|kelt|szamla kelte|kiallitas datuma|data emiterii|data facturii|datum racuna|datum izdaje|data izdavanja|data na izdavane|дата на издаване|дата выдачи|дата выставления|дата рахунку|ημερομηνια εκδοσης|fatura tarihi|duzenleme tarihi|arve kuupaev|saskaitos data|rekina datums|tanggal|date";
const DUE: &str = "due|pay by|payment date|fallig|zahlbar bis|echeance|a payer avant|vencimiento|scadenza|entro il|vencimento|vervaldatum|te betalen|termin platnosci|forfald|forfall|erapaiva|splatnost|hatarido|scadent|dospijec|birth|geboren|geburts|naissance|nacimiento|nascita|nascimento|next|nachste|prochain|proximo|contract|vertrag|son odeme";
const EXPIRES: &str = "valid until|valid to|expires|expiry|expiration|gultig bis|valable jusqu|valido hasta|valida hasta|valido fino|valido ate|geldig tot|wazne do|platnost do";

/// The date behind a label of issue; else the end of a period; else the latest date before today that no other label
/// claims.
fn dates(lines: &[&str], state: Option<&str>, today: Date) -> (Option<Date>, Option<Date>) {
    let says = |line: &str, words: &str| {
        let line = format!(" {} ", fold(line));
        words.split('|').any(|word| line.contains(&format!(" {word}")))
    };
    let spots = |line: &str| -> Vec<Spot> { find(line, state, Century::Past(today)) };
    let mut issued = None;
    let mut expires = None;
    let mut others = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |at| lines[at]);
        let label_above = find(before, state, Century::Past(today)).is_empty();
        let found = spots(line);
        let Some(last) = found.last() else { continue };
        let label = |words: &str| says(line, words) || label_above && says(before, words);
        if label(EXPIRES) {
            expires = expires.or(find(line, state, Century::Near(today)).last().map(|spot| spot.date));
        } else if label(DUE) {
        } else if says(line, ISSUED) || label_above && says(before, ISSUED) && !says(line, DUE) {
            issued = issued.or(Some(last.date).filter(|date| *date <= today));
        } else {
            others.extend(found.iter().map(|spot| spot.date).filter(|date| *date <= today));
        }
    }
    (issued.or_else(|| others.into_iter().max()), expires)
}

/// A name behind a label: `Customer: Jane Sample`.
fn named(lines: &[&str]) -> Option<String> {
    const LABELS: &str = "customer name|account name|account holder|name of customer|name|customer|holder|kunde|kontoinhaber|kundenname|name des kunden|titulaire|nom du client|client|titular|nombre del titular|nombre|cliente|intestatario|titolare|nome do cliente|nome|klant|rekeninghouder|klient|odbiorca|kontoinnehavare|asiakas|zakaznik|ugyfel|abonat|vlasnik|имя|клиент|абонент|ad soyad|musteri";
    lines.iter().find_map(|line| {
        let (label, value) = line.split_once(':')?;
        let label = fold(label);
        let known = LABELS.split('|').any(|known| known == label);
        known.then(|| address::as_name(value))?
    })
}

/// The first line that has a company's form or trade; else the first that is neither title, name nor number.
fn issuer(lines: &[&str], name: Option<&str>) -> Option<String> {
    let candidates = || {
        lines.iter().take(40).copied().filter(|line| {
            let letters = line.chars().filter(|character| character.is_alphabetic()).count();
            letters >= 3
                && letters * 2 > line.chars().count()
                && !name.is_some_and(|name| line.contains(name))
        })
    };
    let company = candidates().find(|line| kind::is_company(line));
    let first = || {
        candidates()
            .take(6)
            .find(|line| !kind::is_title(line) && address::as_name(line).is_none() && !line.contains(':'))
    };
    let line = company.or_else(first)?;
    let line = line.split(['|', '•', '·']).next().unwrap_or(line).trim();
    Some(line.chars().take(120).collect())
}
