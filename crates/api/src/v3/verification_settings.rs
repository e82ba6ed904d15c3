//! Workflows as the console edits them: drafts, and graphs of nodes and conditions (core API §5.6). Operators' routes.

use engine::Engine;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

mod branch_fields;
mod create_draft;
mod create_settings;
mod delete_settings;
mod field_definitions;
mod get_graph;
mod get_settings;
mod graph_body;
mod list_settings;
mod put_graph;
mod update_settings;
mod validate_graph;

pub(super) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new()
        .routes(routes!(list_settings::list_settings, create_settings::create_settings))
        .routes(routes!(
            get_settings::get_settings,
            update_settings::update_settings,
            delete_settings::delete_settings
        ))
        .routes(routes!(create_draft::create_draft))
        .routes(routes!(get_graph::get_graph, put_graph::put_graph))
        .routes(routes!(branch_fields::branch_fields))
        .routes(routes!(validate_graph::validate_graph))
        .routes(routes!(field_definitions::field_definitions))
}
