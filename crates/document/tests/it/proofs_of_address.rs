//! Bills, statements and certificates in several languages.

use document::proof_of_address::{Kind, ProofOfAddress, Subtype, read};
use jiff::civil::date;
use proptest::prelude::*;

fn proof(lines: &[&str]) -> ProofOfAddress {
    read(lines, date(2026, 11, 23))
}

#[test]
fn a_british_electricity_bill() {
    let proof = proof(&[
        "Harborlight Energy Ltd",
        "PO Box 12, Leeds LS1 1AA",
        "Your electricity bill",
        "Ms Jane Ann Sample",
        "Flat 3",
        "12 North Road",
        "London",
        "SW1A 1AA",
        "Customer number: 8500 1234 567",
        "Bill date: 11 February 2026",
        "Billing period: 1 January 2026 to 31 January 2026",
        "Amount due by 25 February 2026: £84.20",
    ]);
    assert_eq!((proof.kind, proof.subtype), (Kind::UtilityBill, Subtype::ElectricityBill));
    assert_eq!(proof.issuer.as_deref(), Some("Harborlight Energy Ltd"));
    assert_eq!(proof.issue_date, Some(date(2026, 2, 11)));
    assert_eq!(proof.name.as_deref(), Some("Jane Ann Sample"), "{proof:#?}");
    let address = proof.address.expect("an address");
    assert_eq!((address.street_1.as_str(), address.street_2.as_str()), ("Flat 3", "12 North Road"));
    assert_eq!(
        (address.city.as_str(), address.postal_code.as_str(), address.country.as_str()),
        ("London", "SW1A 1AA", "GB")
    );
    assert_eq!((proof.issuing_state, proof.language), (Some("GBR"), Some("en")));
}

#[test]
fn a_german_bank_statement() {
    let proof = proof(&[
        "Musterbank AG",
        "Kontoauszug vom 31.10.2026",
        "Herrn",
        "Max Mustermann",
        "Musterstraße 12",
        "10115 Berlin",
        "IBAN: DE89 3704 0044 0532 0130 00",
        "BIC: COBADEFFXXX",
        "Alter Kontostand 1.200,00 EUR",
        "Ihre Kundennummer und der Betrag für das Konto",
    ]);
    assert_eq!((proof.kind, proof.subtype), (Kind::BankStatement, Subtype::AccountStatement));
    assert_eq!(proof.issuer.as_deref(), Some("Musterbank AG"));
    assert_eq!(proof.issue_date, Some(date(2026, 10, 31)));
    assert_eq!(proof.name.as_deref(), Some("Max Mustermann"), "{proof:#?}");
    let address = proof.address.expect("an address");
    assert_eq!(
        (address.street_1.as_str(), address.city.as_str(), address.postal_code.as_str()),
        ("Musterstraße 12", "Berlin", "10115")
    );
    assert_eq!((proof.issuing_state, proof.language), (Some("DEU"), Some("de")));
    assert_eq!(proof.bank.iban.as_deref(), Some("DE89370400440532013000"));
}

#[test]
fn spanish_french_and_american_papers() {
    let spanish = proof(&[
        "Aguas de Ejemplo S.A.",
        "Factura de agua",
        "Titular: Carmen Española Ejemplo",
        "Calle Mayor 5, 2º B",
        "28013 Madrid",
        "España",
        "Fecha de emisión: 03/09/2026",
        "Importe total de la factura para el cliente",
    ]);
    assert_eq!((spanish.subtype, spanish.issue_date), (Subtype::WaterBill, Some(date(2026, 9, 3))));
    assert_eq!(spanish.name.as_deref(), Some("Carmen Española Ejemplo"), "{spanish:#?}");
    assert_eq!((spanish.issuing_state, spanish.language), (Some("ESP"), Some("es")));
    let french = proof(&[
        "Avis d'impôt 2026",
        "Impôt sur le revenu",
        "Mme CAMILLE MARTIN",
        "4 RUE DES LILAS",
        "69002 LYON",
        "Date d'établissement : 12 août 2026",
        "Votre montant à payer pour vous et le foyer",
    ]);
    assert_eq!((french.kind, french.subtype), (Kind::GovernmentIssuedDocument, Subtype::TaxAssessment));
    assert_eq!(
        (french.name.as_deref(), french.issue_date),
        (Some("CAMILLE MARTIN"), Some(date(2026, 8, 12))),
        "{french:#?}"
    );
    let american = proof(&[
        "Sample Telecom LLC",
        "Phone bill",
        "JOHN Q SAMPLE",
        "123 MAIN ST APT 4",
        "ANYTOWN, CA 90210-1234",
        "Statement date 08/31/2026",
        "Please call 1-800-555-0100",
    ]);
    assert_eq!((american.subtype, american.issuing_state), (Subtype::PhoneBill, Some("USA")));
    assert_eq!(american.issue_date, Some(date(2026, 8, 31)));
    assert_eq!(american.name.as_deref(), Some("JOHN Q SAMPLE"));
    assert_eq!(american.address.map(|address| address.region), Some("CA".to_owned()));
}

#[test]
fn what_is_no_proof_of_address_says_so() {
    let nothing = proof(&["Shopping list", "apples", "bread"]);
    assert_eq!((nothing.kind, nothing.subtype), (Kind::Unknown, Subtype::Unknown));
    assert!(nothing.address.is_none() && nothing.issue_date.is_none() && nothing.name.is_none());
    assert_eq!(proof(&[]).kind, Kind::Unknown);
}

proptest! {
    #[test]
    fn no_lines_make_the_reader_panic(lines in prop::collection::vec(
        prop_oneof![".{0,50}", "[A-Z]{1,2}[0-9-]{1,6} [A-Za-z ]{0,12}", "[A-Z]{2}[0-9]{2} [A-Z0-9 ]{0,30}"], 0..12)
    ) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let proof = proof(&lines);
        prop_assert!(proof.issue_date.is_none_or(|day| day <= date(2026, 11, 23)));
    }

    #[test]
    fn scores_are_percentages_and_fair(left in ".{0,40}", right in ".{0,40}") {
        use document::proof_of_address::{address_score, name_score};
        prop_assert!(name_score(&left, &right) <= 100 && address_score(&left, &right) <= 100);
    }
}
