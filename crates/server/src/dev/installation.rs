//! The organisation of the local loop: made at the first start, found again at every other.

use std::collections::BTreeMap;

use anyhow::Context;
use engine::Engine;
use engine::accounts::{self, NewApplication};
use engine::destinations::{self, Changes, NewDestination};
use engine::workflows::{Template, create_from_template};
use model::id::{ApplicationId, DestinationId, WorkflowId};
use serde::{Deserialize, Serialize};
use store::{Mode, Tx};

use crate::data::{DataFolder, read_text, write_private};

/// One of the two applications.
pub(super) struct Face {
    /// `live` or `sandbox`.
    pub(super) name: &'static str,
    /// With its key.
    pub(super) application: NewApplication,
    /// Signs what the inbox gets.
    pub(super) secret: String,
}

/// What the local loop works with.
pub(super) struct Installation {
    /// Verifies for real.
    pub(super) live: Face,
    /// Plays scenarios.
    pub(super) sandbox: Face,
    workflows: BTreeMap<String, WorkflowId>,
}

/// `dev.json`: which rows are ours. It holds no secret.
#[derive(Clone, Serialize, Deserialize)]
struct Known {
    live: (ApplicationId, DestinationId),
    sandbox: (ApplicationId, DestinationId),
    workflows: BTreeMap<String, WorkflowId>,
}

impl Installation {
    pub(super) async fn open(engine: &Engine, data: &DataFolder) -> anyhow::Result<Self> {
        let file = data.path("dev.json");
        if !file.exists() {
            let known = make(engine).await?;
            write_private(&file, serde_json::to_string_pretty(&known)?.as_bytes())?;
        }
        let known: Known = serde_json::from_str(&read_text(&file)?)
            .with_context(|| format!("{} is damaged; start with another --data folder", file.display()))?;
        Ok(Self {
            live: face(engine, "live", known.live).await?,
            sandbox: face(engine, "sandbox", known.sandbox).await?,
            workflows: known.workflows,
        })
    }

    pub(super) fn workflow(&self, template: Template) -> WorkflowId {
        self.workflows[template.workflow_type()]
    }

    pub(super) fn faces(&self) -> [&Face; 2] {
        [&self.live, &self.sandbox]
    }
}

/// Both applications have the same workflows under the same ids, so that a program can switch by changing its key.
async fn make(engine: &Engine) -> anyhow::Result<Known> {
    let workflows: BTreeMap<String, WorkflowId> = Template::ALL
        .into_iter()
        .map(|template| (template.workflow_type().to_owned(), WorkflowId(engine.uuid())))
        .collect();
    let mut tx = engine.store.begin().await?;
    let organization = accounts::create_organization(engine, &mut tx, "Local loop").await?;
    let live = accounts::create_application(engine, &mut tx, organization, "Local loop", Mode::Live).await?;
    let sandbox =
        accounts::create_application(engine, &mut tx, organization, "Local sandbox", Mode::Sandbox).await?;
    for application in [&live, &sandbox] {
        add_workflows(engine, &mut tx, application, &workflows).await?;
    }
    tx.commit().await?;
    let live = (live.scope.application_id(), add_destination(engine, &live, "live").await?);
    let sandbox = (sandbox.scope.application_id(), add_destination(engine, &sandbox, "sandbox").await?);
    Ok(Known { live, sandbox, workflows })
}

async fn add_workflows(
    engine: &Engine,
    tx: &mut Tx,
    application: &NewApplication,
    workflows: &BTreeMap<String, WorkflowId>,
) -> anyhow::Result<()> {
    for template in Template::ALL {
        let id = workflows[template.workflow_type()];
        create_from_template(engine, tx, &application.scope, id, template).await?;
    }
    Ok(())
}

async fn add_destination(
    engine: &Engine,
    application: &NewApplication,
    name: &str,
) -> anyhow::Result<DestinationId> {
    let new = NewDestination {
        label: "Inbox".to_owned(),
        url: inbox_url(engine, name),
        enabled: true,
        webhook_version: "v3".to_owned(),
        retry_profile: engine::destinations::RetryProfile::default(),
        subscribed_events: Some(vec!["status.updated".to_owned()]),
    };
    Ok(destinations::create(engine, &application.scope, new).await?.id)
}

async fn face(
    engine: &Engine,
    name: &'static str,
    (application, destination): (ApplicationId, DestinationId),
) -> anyhow::Result<Face> {
    let application = accounts::application_for_command_line(engine, application).await?;
    let application = application.context("dev.json names an application that the database does not have")?;
    let found = destinations::get(engine, &application.scope, destination).await?;
    let url = inbox_url(engine, name);
    if found.url != url {
        // The port changed since the last start.
        let changes = Changes { url: Some(url), ..Changes::default() };
        destinations::update(engine, &application.scope, destination, changes).await?;
    }
    Ok(Face { name, application, secret: found.secret })
}

fn inbox_url(engine: &Engine, name: &str) -> String {
    format!("{}/dev/inbox/{name}", engine.base_url)
}
