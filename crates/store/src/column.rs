//! How our types lie in columns: ids as text, instants as milliseconds.
//!
//! The drivers would store a UUID as bytes on one database and natively on the other; text is the same on both.

use jiff::Timestamp;
use model::id::{
    AccountId, ApplicationId, BlobId, DeliveryId, DestinationId, EntityId, EventId, ImportErrorId, ImportId,
    JobId, ListEntryId, ListId, OrganizationId, PartyId, QuestionnaireId, ReviewId, SessionId, UploadId,
    WorkflowId, WorkflowVersionId,
};
use uuid::Uuid;

/// An id as it is read.
#[derive(sqlx::Type)]
#[sqlx(transparent)]
pub(crate) struct IdText(String);

/// An id that may be absent, as it is read.
#[derive(sqlx::Type)]
#[sqlx(transparent)]
pub(crate) struct MaybeIdText(Option<String>);

/// Milliseconds since 1970, as they are read.
#[derive(sqlx::Type)]
#[sqlx(transparent)]
pub(crate) struct Millis(i64);

/// Milliseconds since 1970 that may be absent, as they are read.
#[derive(sqlx::Type)]
#[sqlx(transparent)]
pub(crate) struct MaybeMillis(Option<i64>);

macro_rules! read_ids {
    ($($id:ident),+ $(,)?) => {$(
        impl TryFrom<IdText> for $id {
            type Error = uuid::Error;

            fn try_from(text: IdText) -> Result<Self, Self::Error> {
                text.0.parse()
            }
        }

        impl TryFrom<MaybeIdText> for Option<$id> {
            type Error = uuid::Error;

            fn try_from(text: MaybeIdText) -> Result<Self, Self::Error> {
                text.0.map(|text| text.parse()).transpose()
            }
        }
    )+};
}

read_ids!(
    AccountId,
    ApplicationId,
    BlobId,
    DeliveryId,
    DestinationId,
    EntityId,
    EventId,
    ImportErrorId,
    ImportId,
    JobId,
    ListEntryId,
    ListId,
    OrganizationId,
    QuestionnaireId,
    PartyId,
    ReviewId,
    SessionId,
    UploadId,
    Uuid,
    WorkflowId,
    WorkflowVersionId,
);

impl TryFrom<Millis> for Timestamp {
    type Error = jiff::Error;

    fn try_from(millis: Millis) -> Result<Self, Self::Error> {
        Self::from_millisecond(millis.0)
    }
}

impl TryFrom<MaybeMillis> for Option<Timestamp> {
    type Error = jiff::Error;

    fn try_from(millis: MaybeMillis) -> Result<Self, Self::Error> {
        millis.0.map(Timestamp::from_millisecond).transpose()
    }
}

/// How an absent or present value is bound.
pub(crate) fn text(id: Option<impl ToString>) -> Option<String> {
    id.map(|id| id.to_string())
}

/// How an absent or present instant is bound.
pub(crate) fn millis(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::as_millisecond)
}

/// `$1, $2, …`: so many places in a statement.
pub(crate) fn places(count: usize) -> String {
    let places: Vec<String> = (1..=count).map(|place| format!("${place}")).collect();
    places.join(", ")
}
