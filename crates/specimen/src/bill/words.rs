//! The words of bills, by language.

use super::Service;
use crate::item::Item;
use crate::words::Language;

/// Titles by service, labels, lines and closing words.
pub(super) struct Words {
    /// Electricity, gas, water, telephone, bank.
    titles: [&'static str; 5],
    /// Invoice number, customer number, date, period, due date, amount, account number, meter, tax number.
    labels: [&'static str; 9],
    /// Standing charge, consumption, levies, tax, total.
    pub(super) lines: [&'static str; 5],
    /// Date, description, amount, balance.
    pub(super) columns: [&'static str; 4],
    /// Between two dates, and before the service address.
    pub(super) to: &'static str,
    pub(super) service_address: &'static str,
}

impl Words {
    pub(super) fn title(&self, service: Service) -> &'static str {
        self.titles[service as usize]
    }

    pub(super) fn label(&self, item: Item) -> &'static str {
        let index = match item {
            Item::InvoiceNumber => 0,
            Item::CustomerNumber => 1,
            Item::IssueDate => 2,
            Item::Period => 3,
            Item::DueDate => 4,
            Item::Amount => 5,
            Item::AccountNumber => 6,
            Item::MeterNumber => 7,
            _ => 8,
        };
        self.labels[index]
    }
}

pub(super) fn of(language: Language) -> &'static Words {
    match language {
        Language::German => &GERMAN,
        Language::French => &FRENCH,
        Language::Spanish => &SPANISH,
        Language::Italian => &ITALIAN,
        Language::Portuguese => &PORTUGUESE,
        Language::Polish => &POLISH,
        Language::Greek => &GREEK,
        Language::Bulgarian => &BULGARIAN,
        _ => &ENGLISH,
    }
}

#[rustfmt::skip]
const ENGLISH: Words = Words {
    titles: ["Electricity bill", "Gas bill", "Water bill", "Telephone and internet bill", "Statement of account"],
    labels: ["Invoice number", "Customer number", "Date of issue", "Billing period", "Payment due", "Amount due",
        "Account number", "Meter number", "VAT number"],
    lines: ["Standing charge", "Usage", "Levies", "VAT", "Total to pay"],
    columns: ["Date", "Description", "Amount", "Balance"],
    to: "to",
    service_address: "Supply address",
};
#[rustfmt::skip]
const GERMAN: Words = Words {
    titles: ["Stromrechnung", "Gasrechnung", "Wasserrechnung", "Telefonrechnung", "Kontoauszug"],
    labels: ["Rechnungsnummer", "Kundennummer", "Rechnungsdatum", "Abrechnungszeitraum", "Zahlbar bis", "Rechnungsbetrag",
        "IBAN", "Zählernummer", "USt-IdNr."],
    lines: ["Grundpreis", "Verbrauch", "Umlagen", "Umsatzsteuer", "Gesamtbetrag"],
    columns: ["Datum", "Vorgang", "Betrag", "Saldo"],
    to: "bis",
    service_address: "Lieferanschrift",
};
#[rustfmt::skip]
const FRENCH: Words = Words {
    titles: ["Facture d’électricité", "Facture de gaz", "Facture d’eau", "Facture de téléphone", "Relevé de compte"],
    labels: ["N° de facture", "N° client", "Date d’émission", "Période", "À régler avant le", "Montant à payer", "IBAN",
        "N° de compteur", "N° TVA"],
    lines: ["Abonnement", "Consommation", "Taxes et contributions", "TVA", "Total à payer"],
    columns: ["Date", "Libellé", "Montant", "Solde"],
    to: "au",
    service_address: "Lieu de consommation",
};
#[rustfmt::skip]
const SPANISH: Words = Words {
    titles: ["Factura de electricidad", "Factura de gas", "Factura de agua", "Factura de telefonía", "Extracto de cuenta"],
    labels: ["N.º de factura", "N.º de cliente", "Fecha de emisión", "Periodo de facturación", "Fecha de cargo",
        "Importe a pagar", "IBAN", "N.º de contador", "CIF"],
    lines: ["Potencia contratada", "Consumo", "Peajes y cargos", "IVA", "Total factura"],
    columns: ["Fecha", "Concepto", "Importe", "Saldo"],
    to: "a",
    service_address: "Dirección de suministro",
};
#[rustfmt::skip]
const ITALIAN: Words = Words {
    titles: ["Bolletta energia elettrica", "Bolletta gas", "Bolletta acqua", "Bolletta telefonica", "Estratto conto"],
    labels: ["Numero fattura", "Codice cliente", "Data di emissione", "Periodo di fatturazione", "Scadenza",
        "Importo da pagare", "IBAN", "Matricola contatore", "P. IVA"],
    lines: ["Quota fissa", "Consumi", "Oneri", "IVA", "Totale bolletta"],
    columns: ["Data", "Descrizione", "Importo", "Saldo"],
    to: "al",
    service_address: "Indirizzo di fornitura",
};
#[rustfmt::skip]
const PORTUGUESE: Words = Words {
    titles: ["Fatura de eletricidade", "Fatura de gás", "Fatura de água", "Fatura de telecomunicações", "Extrato de conta"],
    labels: ["N.º da fatura", "N.º de cliente", "Data de emissão", "Período de faturação", "Data limite de pagamento",
        "Valor a pagar", "IBAN", "N.º do contador", "NIF"],
    lines: ["Mensalidade", "Consumo", "Taxas", "IVA", "Total a pagar"],
    columns: ["Data", "Descrição", "Montante", "Saldo"],
    to: "a",
    service_address: "Morada de fornecimento",
};
#[rustfmt::skip]
const POLISH: Words = Words {
    titles: ["Faktura za energię", "Faktura za gaz", "Faktura za wodę", "Faktura za usługi telefoniczne", "Wyciąg z rachunku"],
    labels: ["Numer faktury", "Numer klienta", "Data wystawienia", "Okres rozliczeniowy", "Termin płatności",
        "Kwota do zapłaty", "Numer rachunku", "Numer licznika", "NIP"],
    lines: ["Opłata stała", "Zużycie", "Opłaty dodatkowe", "VAT", "Do zapłaty"],
    columns: ["Data", "Opis", "Kwota", "Saldo"],
    to: "do",
    service_address: "Adres punktu poboru",
};
#[rustfmt::skip]
const GREEK: Words = Words {
    titles: ["Λογαριασμός ρεύματος", "Λογαριασμός αερίου", "Λογαριασμός νερού", "Λογαριασμός τηλεφώνου", "Κίνηση λογαριασμού"],
    labels: ["Αρ. λογαριασμού", "Κωδικός πελάτη", "Ημερομηνία έκδοσης", "Περίοδος", "Εξόφληση έως", "Ποσό πληρωμής",
        "IBAN", "Αρ. μετρητή", "ΑΦΜ"],
    lines: ["Πάγιο", "Κατανάλωση", "Τέλη", "ΦΠΑ", "Σύνολο"],
    columns: ["Ημερομηνία", "Περιγραφή", "Ποσό", "Υπόλοιπο"],
    to: "έως",
    service_address: "Διεύθυνση παροχής",
};
#[rustfmt::skip]
const BULGARIAN: Words = Words {
    titles: ["Фактура за ток", "Фактура за газ", "Фактура за вода", "Фактура за телефон", "Извлечение от сметка"],
    labels: ["Фактура №", "Клиентски номер", "Дата на издаване", "Период", "Срок за плащане", "Сума за плащане", "IBAN",
        "Водомер №", "ДДС №"],
    lines: ["Абонамент", "Потребление", "Такси", "ДДС", "Общо"],
    columns: ["Дата", "Описание", "Сума", "Салдо"],
    to: "до",
    service_address: "Адрес на имота",
};
