//! What a caller may do, as types, so that a handler without a permission does not compile.

/// One permission.
pub trait Permission: Send + Sync + 'static {
    /// As roles and named keys spell it: `action:resource` (core API §10.5).
    const NAME: &'static str;
}

macro_rules! permissions {
    ($($name:ident $text:literal)+) => {
        $(
            #[doc = concat!("`", $text, "`")]
            #[derive(Debug, Clone, Copy)]
            pub struct $name;

            impl Permission for $name {
                const NAME: &'static str = $text;
            }
        )+

        /// Every permission's name.
        pub const ALL: &[&str] = &[$($text),+];
    };
}

permissions! {
    ReadSessions "read:sessions"
    ListSessions "list:sessions"
    CreateSessions "create:sessions"
    WriteSessions "write:sessions"
    DeleteSessions "delete:sessions"
    ReadWorkflows "read:workflows"
    WriteWorkflows "write:workflows"
    ReadQuestionnaires "read:questionnaires"
    WriteQuestionnaires "write:questionnaires"
    ReadWebhooks "read:webhooks"
    WriteWebhooks "write:webhooks"
    ListUsers "list:users"
    ReadUsers "read:users"
    CreateUsers "create:users"
    WriteUsers "write:users"
    DeleteUsers "delete:users"
    ListBusinesses "list:businesses"
    ReadBusinesses "read:businesses"
    CreateBusinesses "create:businesses"
    WriteBusinesses "write:businesses"
    DeleteBusinesses "delete:businesses"
    ReadLists "read:lists"
    WriteLists "write:lists"
    ReadBlocklist "read:blocklist"
    WriteBlocklist "write:blocklist"
    ReadSubscription "read:subscription"
    WriteSubscription "write:subscription"
    ReadAuditLogs "read:audit-logs"
    ListApprovals "list:approvals"
    WriteApprovals "write:approvals"
    WriteOrganization "write:organization"
    ListApplications "list:applications"
    ReadApplications "read:applications"
    CreateApplications "create:applications"
    WriteApplications "write:applications"
    ListMembers "list:members"
    WriteMembers "write:members"
    DeleteMembers "delete:members"
    ListRoles "list:roles"
    CreateRoles "create:roles"
    WriteRoles "write:roles"
    DeleteRoles "delete:roles"
}
