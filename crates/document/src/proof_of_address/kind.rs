//! Which kind of document, by its words.

use serde::Serialize;

use crate::fold::fold;

/// The kinds of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    UtilityBill,
    BankStatement,
    GovernmentIssuedDocument,
    OtherPoaDocument,
    Unknown,
}

impl Kind {
    /// `UTILITY_BILL` …
    pub fn code(self) -> &'static str {
        match self {
            Self::UtilityBill => "UTILITY_BILL",
            Self::BankStatement => "BANK_STATEMENT",
            Self::GovernmentIssuedDocument => "GOVERNMENT_ISSUED_DOCUMENT",
            Self::OtherPoaDocument => "OTHER_POA_DOCUMENT",
            Self::Unknown => "UNKNOWN",
        }
    }
}

/// The subtypes of the contract, and a few more of the same form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Subtype {
    ElectricityBill,
    WaterBill,
    GasBill,
    InternetBill,
    PhoneBill,
    AccountStatement,
    CreditCardStatement,
    TaxAssessment,
    ResidencyCertificate,
    RentalAgreement,
    InsurancePolicy,
    Unknown,
}

impl Subtype {
    /// `ELECTRICITY_BILL` …
    pub fn code(self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    }
}

type Words = (Subtype, Kind, &'static str);

const WORDS: [Words; 11] = [
    (
        Subtype::ElectricityBill,
        Kind::UtilityBill,
        "electricity|electric bill|kwh|power bill|energy bill|strom|stromrechnung|electricite|electricidad|factura de luz|energia electrica|energia elettrica|luce|eletricidade|energia eletrica|elektriciteit|prad|energia elektryczna|elforbrug|elrakning|elnat|sahko|sahkolasku|elektrina|elektricka energie|villamos energia|aramszamla|energie electrica|elektricna energija|struja|електроенергия|електроенергія|электроэнергия|ηλεκτρικ|elektrik faturasi|elektros energija|elektriba|elekter",
    ),
    (
        Subtype::WaterBill,
        Kind::UtilityBill,
        "water bill|water charges|water services|wastewater|sewerage|water supply|wasserrechnung|trinkwasser|abwasser|facture d eau|eau potable|assainissement|factura de agua|agua potable|suministro de agua|bolletta acqua|servizio idrico|fatura de agua|saneamento|drinkwater|waterrekening|woda|woda i scieki|vandforbrug|vatten|vesilasku|vodne|vodne a stocne|vizdij|vizszamla|apa potabila|canalizare|voda|вода|водоснабжение|водопостачання|υδρευση|su faturasi|veearve",
    ),
    (
        Subtype::GasBill,
        Kind::UtilityBill,
        "gas bill|natural gas|gas supply|gasrechnung|erdgas|facture de gaz|gaz naturel|factura de gas|gas natural|bolletta gas|gas naturale|smc|fatura de gas|aardgas|gasrekening|gaz ziemny|paliwo gazowe|naturgas|maakaasu|zemni plyn|zemny plyn|foldgaz|gazszamla|gaze naturale|prirodni plin|zemeljski plin|природен газ|природный газ|природний газ|φυσικο αεριο|dogalgaz",
    ),
    (
        Subtype::InternetBill,
        Kind::UtilityBill,
        "internet|broadband|fibre|fiber|dsl|wifi|breitband|glasfaser|haut debit|banda ancha|fibra|banda larga|breedband|glasvezel|swiatlowod|bredband|laajakaista|szelessav|интернет|інтернет|διαδικτυο",
    ),
    (
        Subtype::PhoneBill,
        Kind::UtilityBill,
        "phone bill|telephone|mobile bill|mobile number|call charges|telefonrechnung|mobilfunk|rufnummer|facture telephone|telephonie|ligne mobile|telefonia|linea movil|telefono|bolletta telefonica|telefone|telemovel|telefoon|mobiel abonnement|telefon komorkowy|abonament telefon|mobilregning|mobilabonnemang|puhelinlasku|telefonszamla|mobilni telefon|телефон|мобильная связь|τηλεφων|telefon faturasi",
    ),
    (
        Subtype::CreditCardStatement,
        Kind::BankStatement,
        "credit card statement|card statement|credit limit|minimum payment|kreditkartenabrechnung|releve de carte|estado de cuenta tarjeta|tarjeta de credito|estratto conto carta|carta di credito|fatura do cartao|cartao de credito|creditcard overzicht|wyciag z karty|kreditkortsrakning|kredi karti ekstresi",
    ),
    (
        Subtype::AccountStatement,
        Kind::BankStatement,
        "bank statement|statement of account|account statement|sort code|opening balance|closing balance|balance brought forward|iban|kontoauszug|kontostand|girokonto|releve de compte|releve d identite bancaire|solde|extracto bancario|extracto de cuenta|estado de cuenta|saldo anterior|estratto conto|saldo iniziale|conto corrente|extrato bancario|extrato de conta|saldo|rekeningafschrift|bankafschrift|wyciag bankowy|wyciag z rachunku|saldo koncowe|kontoutskrift|kontoutdrag|tiliote|vypis z uctu|bankszamlakivonat|extras de cont|izvod|izvadak|izpisek|извлечение по сметка|выписка по счету|виписка|αντιγραφο κινησεων|hesap ozeti|hesap ekstresi|konto valjavote|saskaitos israsas",
    ),
    (
        Subtype::TaxAssessment,
        Kind::GovernmentIssuedDocument,
        "tax assessment|council tax|property tax|tax bill|income tax|tax return|notice of assessment|hmrc|internal revenue service|steuerbescheid|einkommensteuer|grundsteuer|finanzamt|avis d impot|taxe d habitation|taxe fonciere|impot sur le revenu|impuesto|agencia tributaria|ibi|agenzia delle entrate|imposta|imposto|financas|iptu|belastingdienst|aanslag|gemeentebelasting|urzad skarbowy|podatek|skatteverket|skattestyrelsen|skatteetaten|verohallinto|verotus|danovy|financni urad|adohatarozat|impozit|porez|данък|налог|податок|εκκαθαριστικο|vergi",
    ),
    (
        Subtype::ResidencyCertificate,
        Kind::GovernmentIssuedDocument,
        "certificate of residence|residency certificate|proof of residence|meldebescheinigung|meldebestatigung|meldezettel|einwohnermeldeamt|attestation de domicile|certificat de residence|justificatif de domicile|certificado de empadronamiento|volante de empadronamiento|padron municipal|certificato di residenza|atestado de residencia|comprovante de residencia|uittreksel basisregistratie|bewijs van woonplaats|zaswiadczenie o zameldowaniu|bopaelsattest|personbevis|potvrzeni o pobytu|lakcimigazolvany|adeverinta de domiciliu|potvrda o prebivalistu|удостоверение за адрес|справка о регистрации|довідка про місце проживання|βεβαιωση μονιμης κατοικιας|yerlesim yeri|ikametgah",
    ),
    (
        Subtype::RentalAgreement,
        Kind::OtherPoaDocument,
        "tenancy agreement|rental agreement|lease agreement|landlord|mietvertrag|vermieter|contrat de location|bailleur|quittance de loyer|contrato de arrendamiento|arrendador|contratto di locazione|locatore|contrato de arrendamento|huurovereenkomst|verhuurder|umowa najmu|hyreskontrakt|lejekontrakt|vuokrasopimus|najemni smlouva|berleti szerzodes|contract de inchiriere",
    ),
    (
        Subtype::InsurancePolicy,
        Kind::OtherPoaDocument,
        "insurance policy|policy number|insurance certificate|versicherungsschein|versicherungsnummer|contrat d assurance|attestation d assurance|poliza|polizza|apolice|verzekeringspolis|polisa|forsakringsbrev|forsikringspolice",
    ),
];

/// Kind and subtype with most of their words in a folded text.
pub(super) fn tell(text: &str) -> (Kind, Subtype) {
    let text = format!(" {text} ");
    let score = |words: &str| -> usize {
        let found = words.split('|').filter(|word| text.contains(&format!(" {word}")));
        // Longer expressions tell more than single words, which stand on many documents.
        found.map(|word| if word.contains(' ') || word.len() > 9 { 3 } else { 1 }).sum()
    };
    let best = WORDS
        .iter()
        .rev()
        .map(|(subtype, kind, words)| (score(words), *kind, *subtype))
        .max_by_key(|row| row.0);
    match best {
        Some((points, kind, subtype)) if points > 0 => (kind, subtype),
        _ => (Kind::Unknown, Subtype::Unknown),
    }
}

/// Legal forms and trades in names of companies and offices.
pub(super) fn is_company(line: &str) -> bool {
    const FORMS: &str = "ltd|limited|plc|llc|llp|inc|corp|corporation|gmbh|ag|kg|se|ohg|ev|sa|sas|sarl|sl|slu|spa|srl|bv|nv|oy|oyj|ab|asa|aps|as|zrt|nyrt|kft|sro|doo|dd|ltda|sab|pjsc|ooo|пао|ооо|ад|еад|αε|co";
    const TRADES: &str = "bank|banco|banca|banque|sparkasse|volksbank|raiffeisen|caisse|caixa|bankas|banka|bankasi|energy|energie|energia|energi|power|electric|electricity|stadtwerke|water|waterworks|gas|gaz|telecom|telekom|telefonica|mobile|broadband|networks|council|county|city of|municipality|gemeinde|ville de|mairie|ayuntamiento|comune di|prefeitura|finanzamt|tax office|revenue|agencia|agenzia|ministry|insurance|versicherung|assurance|seguros|utilities|services";
    let folded = fold(line);
    let words: Vec<&str> = folded.split(' ').collect();
    let dotted: String = line.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
    let last = words.last().copied().unwrap_or_default();
    let form =
        FORMS.split('|').any(|form| form == last || dotted.split_whitespace().next_back() == Some(form));
    let padded = format!(" {folded} ");
    let trade = TRADES.split('|').any(|trade| padded.contains(&format!(" {trade} ")));
    let wordy = words.len() <= 7 && !line.contains(':') && !line.ends_with('.');
    (form || trade || folded.ends_with("werke") || folded.ends_with("bank")) && wordy && !is_title(line)
}

/// A title of a document rather than a name: most of its words are those of a kind.
pub(super) fn is_title(line: &str) -> bool {
    const TITLES: &str = "bill|invoice|statement|rechnung|facture|factura|fattura|bolletta|fatura|factuur|faktura|lasku|szamla|kontoauszug|releve|extracto|estratto|extrato|wyciag|certificate|bescheinigung|attestation|certificado|certificato|notice|bescheid|page|seite|date|datum|fecha|data|account number|customer number|total|amount";
    let folded = format!(" {} ", fold(line));
    TITLES.split('|').any(|title| folded.contains(&format!(" {title} ")))
}
