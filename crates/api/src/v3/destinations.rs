//! Webhook destinations and their delivery log (core API §6.1).

use engine::Engine;
use engine::destinations::Refused;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::{Code, Problem};

mod change_destination;
mod create_destination;
mod delete_destination;
mod get_delivery;
mod get_destination;
mod list_deliveries;
mod list_destinations;
mod log_query;
mod replay;
mod resend_delivery;
mod rotate_secret;
mod send_test;
mod update_destination;
mod view;

pub(super) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new()
        .routes(routes!(list_destinations::list_destinations, create_destination::create_destination))
        .routes(routes!(
            get_destination::get_destination,
            update_destination::update_destination,
            delete_destination::delete_destination
        ))
        .routes(routes!(list_deliveries::list_deliveries))
        .routes(routes!(get_delivery::get_delivery))
        .routes(routes!(resend_delivery::resend_delivery))
        .routes(routes!(rotate_secret::rotate_secret))
        .routes(routes!(rotate_secret::end_rotation))
        .routes(routes!(send_test::send_test))
        .routes(routes!(replay::replay_events))
        .routes(routes!(replay::get_replay))
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotFound => Self::new(Code::DestinationNotFound),
            Refused::DeliveryNotFound => Self::new(Code::NotFound),
            Refused::Taken => {
                Self::field("url", "This webhook destination already exists for the application.")
            }
            Refused::Unreachable(reason) => Self::field("url", capitalized(&reason.to_string())),
            Refused::UnknownEvents(names) => {
                Self::field("subscribed_events", format!("Unsupported webhook events: {}", names.join(", ")))
            }
            Refused::NothingSubscribed => Self::field(
                "webhook_types",
                "The destination subscribes to nothing: say which events to replay.",
            ),
            Refused::NoEvents => {
                Self::field("subscribed_events", "At least one subscribed event is required.")
            }
            Refused::Erased => Self::detail(Code::NotNow, "The session of this delivery has been deleted."),
            Refused::Store(error) => Self::server_error(&error),
        }
    }
}

/// A sentence out of an error's words.
pub(super) fn capitalized(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}
