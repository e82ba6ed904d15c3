//! What can stand on a document, and the name that each thing has in a truth file.

use serde::{Serialize, Serializer};

/// One fact printed on a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    Surname,
    GivenNames,
    FullName,
    Sex,
    Nationality,
    BirthDate,
    BirthPlace,
    Number,
    PersonalNumber,
    IssueDate,
    ExpiryDate,
    Authority,
    Height,
    Eyes,
    Address,
    PermitType,
    Remarks,
    Categories,
    Signature,
    DocumentType,
    IssuingState,
    /// The names in the national script, where that is not the Latin one.
    NativeSurname,
    NativeGivenNames,
    NativeFullName,
    /// Only on North American licences.
    Weight,
    Hair,
    Class,
    Restrictions,
    Endorsements,
    Discriminator,
    Street,
    City,
    /// The date after which the person is of age, printed on licences of minors.
    PlaceAndBirth,
    CardAccessNumber,
    /// Of a bill or statement.
    Issuer,
    IssuerAddress,
    CustomerNumber,
    AccountNumber,
    InvoiceNumber,
    Period,
    Amount,
    DueDate,
    MeterNumber,
    TaxNumber,
}

impl Item {
    /// As in truth files: the names of the interface (`features.md` §2.4) where it has one.
    pub fn name(self) -> &'static str {
        match self {
            Item::Surname => "last_name",
            Item::GivenNames => "first_name",
            Item::FullName => "full_name",
            Item::Sex => "gender",
            Item::Nationality => "nationality",
            Item::BirthDate => "date_of_birth",
            Item::BirthPlace => "place_of_birth",
            Item::Number => "document_number",
            Item::PersonalNumber => "personal_number",
            Item::IssueDate => "date_of_issue",
            Item::ExpiryDate => "expiration_date",
            Item::Authority => "authority",
            Item::Height => "height",
            Item::Eyes => "eyes",
            Item::Address => "address",
            Item::PermitType => "permit_type",
            Item::Remarks => "remarks",
            Item::Categories => "dl_categories",
            Item::Signature => "signature",
            Item::DocumentType => "document_type",
            Item::IssuingState => "issuing_state",
            Item::NativeSurname => "last_name_non_latin",
            Item::NativeGivenNames => "first_name_non_latin",
            Item::NativeFullName => "full_name_non_latin",
            Item::Weight => "weight",
            Item::Hair => "hair",
            Item::Class => "dl_class",
            Item::Restrictions => "restrictions",
            Item::Endorsements => "endorsements",
            Item::Discriminator => "document_discriminator",
            Item::Street => "street",
            Item::City => "city",
            Item::PlaceAndBirth => "date_and_place_of_birth",
            Item::CardAccessNumber => "card_access_number",
            Item::Issuer => "issuer",
            Item::IssuerAddress => "issuer_address",
            Item::CustomerNumber => "customer_number",
            Item::AccountNumber => "account_number",
            Item::InvoiceNumber => "invoice_number",
            Item::Period => "period",
            Item::Amount => "amount",
            Item::DueDate => "due_date",
            Item::MeterNumber => "meter_number",
            Item::TaxNumber => "tax_number",
        }
    }

    /// How much of a row's width it asks for beside others.
    pub(crate) fn share(self) -> f32 {
        match self {
            Item::Sex | Item::DocumentType | Item::Class | Item::Hair => 0.55,
            Item::Height | Item::Eyes | Item::Weight | Item::IssuingState => 0.7,
            Item::CardAccessNumber => 0.8,
            Item::Address | Item::BirthPlace | Item::PlaceAndBirth | Item::Authority => 1.4,
            _ => 1.0,
        }
    }
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
