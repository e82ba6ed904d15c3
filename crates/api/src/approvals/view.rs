//! A request for a second person on the wire.

use engine::approvals::{Approval, Person};
use engine::decision::instant;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::access::ActorView;

/// Something that one person may not do alone.
#[derive(Serialize, ToSchema)]
#[schema(as = Approval)]
pub(super) struct ApprovalView {
    uuid: Uuid,
    /// `session.approve`, `session.delete`, `session.batch_delete`, `user.delete`, `business.delete`,
    /// `application.reveal_key` or `organization.end_second_person`.
    #[schema(example = "session.approve")]
    action: String,
    /// `pending`, `approved`, `refused`, `expired`, `outdated` (what it is about has changed) or `used` (a key that was
    /// shown).
    #[schema(example = "pending")]
    status: String,
    application_id: Option<Uuid>,
    /// The session, application or organisation that it is about; for a batch the application.
    object_id: String,
    /// `session_numbers`, or `through_number` for every session up to that one; `didit_internal_ids` of users or businesses.
    #[schema(value_type = Object)]
    details: Value,
    /// What was written beside a decision.
    comment: Option<String>,
    /// Who sent it.
    requested_by: ActorView,
    /// The member behind it, who cannot approve it: the one who asked or made the key. `null` for a request of an
    /// application's own key; the first member who approves it takes it on, and another one approves.
    responsible: Option<PersonView>,
    decided_by: Option<PersonView>,
    decided_at: Option<String>,
    expires_at: String,
    created_at: String,
}

/// An operator.
#[derive(Serialize, ToSchema)]
#[schema(as = Person)]
pub(super) struct PersonView {
    /// The account.
    id: Uuid,
    #[schema(format = "email")]
    email: Option<String>,
}

impl From<Person> for PersonView {
    fn from(person: Person) -> Self {
        Self { id: person.account.0, email: person.email }
    }
}

impl From<Approval> for ApprovalView {
    fn from(approval: Approval) -> Self {
        Self {
            uuid: approval.id,
            action: approval.action,
            status: approval.status,
            application_id: approval.application.map(|id| id.0),
            object_id: approval.object,
            details: approval.details,
            comment: approval.comment,
            requested_by: ActorView {
                kind: approval.actor_kind,
                id: approval.actor_id,
                name: approval.actor_name,
            },
            responsible: approval.sponsor.map(PersonView::from),
            decided_by: approval.decided_by.map(PersonView::from),
            decided_at: approval.decided_at.map(instant),
            expires_at: instant(approval.expires_at),
            created_at: instant(approval.created_at),
        }
    }
}
