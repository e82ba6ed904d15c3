//! SQLite and PostgreSQL from one SQL text, migrations, leased jobs, encrypted blobs.
