"""SQL of the store: one migration script per schema version."""

from __future__ import annotations

_V1 = """
CREATE TABLE predictions (
    id INTEGER PRIMARY KEY,
    time REAL NOT NULL,                  -- seconds since 1970, UTC
    source TEXT NOT NULL,                -- file, batch, live
    path TEXT NOT NULL,
    clip_hash TEXT NOT NULL,
    duration_s REAL NOT NULL,
    feature_version TEXT NOT NULL,
    features BLOB,                       -- float64 little-endian, one pooled row
    genre TEXT NOT NULL,                 -- empty when error_code is set
    confidence REAL NOT NULL,
    probabilities TEXT NOT NULL,         -- JSON {genre: probability}
    unusual INTEGER NOT NULL,
    model_name TEXT NOT NULL,
    model_version TEXT NOT NULL,
    alias TEXT NOT NULL,
    because TEXT NOT NULL,               -- why the champion did not answer, or empty
    latency_ms REAL NOT NULL,
    error_code TEXT NOT NULL DEFAULT ''
);
CREATE INDEX predictions_time ON predictions (time);
CREATE INDEX predictions_hash ON predictions (clip_hash);

CREATE TABLE corrections (
    id INTEGER PRIMARY KEY,
    time REAL NOT NULL,
    prediction_id INTEGER REFERENCES predictions (id) ON DELETE SET NULL,
    clip_hash TEXT NOT NULL,
    path TEXT NOT NULL,
    predicted TEXT NOT NULL,
    label TEXT NOT NULL,                 -- equal to predicted: a confirmation
    model_version TEXT NOT NULL,
    undone REAL,                         -- when it was undone
    trained_run TEXT                     -- MLflow run that learned from it first
);
CREATE INDEX corrections_hash ON corrections (clip_hash);

CREATE TABLE clips (
    id INTEGER PRIMARY KEY,
    content_hash TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    label TEXT NOT NULL,
    group_key TEXT NOT NULL,             -- artist, else album, else folder: never on both sides of a split
    source TEXT NOT NULL,                -- audio, table, correction
    duration_s REAL NOT NULL,
    added REAL NOT NULL
);

CREATE TABLE files (                     -- files an import has read: unchanged ones are not decoded again
    path TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    clip_id INTEGER NOT NULL REFERENCES clips (id) ON DELETE CASCADE
);
CREATE INDEX files_clip ON files (clip_id);

CREATE TABLE windows (
    clip_id INTEGER NOT NULL REFERENCES clips (id) ON DELETE CASCADE,
    feature_version TEXT NOT NULL,
    start_s REAL NOT NULL,
    length_s REAL NOT NULL,
    features BLOB NOT NULL,              -- float64 little-endian; NaN where a table lacks a column
    PRIMARY KEY (clip_id, feature_version, start_s, length_s)
);

CREATE TABLE batches (                   -- folders being classified; gone once every row was handed over
    id INTEGER PRIMARY KEY,
    started REAL NOT NULL,
    request TEXT NOT NULL                -- JSON: what was asked for, so that the same request resumes
);

CREATE TABLE batch_rows (
    batch_id INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    path BLOB NOT NULL,                  -- as the file system has it: names need not be Unicode
    stamp TEXT NOT NULL,                 -- size and time of the file when it was read
    answer TEXT NOT NULL,                -- JSON: the answer, see core.serialization
    PRIMARY KEY (batch_id, path)
);

CREATE TABLE job_runs (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    started REAL NOT NULL,
    finished REAL,
    status TEXT NOT NULL,                -- running, succeeded, failed, cancelled, died
    message TEXT NOT NULL DEFAULT '',
    result TEXT NOT NULL DEFAULT '{}',   -- JSON
    log_path TEXT NOT NULL DEFAULT ''
);

CREATE TABLE drift_checks (
    id INTEGER PRIMARY KEY,
    time REAL NOT NULL,
    model_version TEXT NOT NULL,         -- the champion whose reference it was compared with
    n_reference INTEGER NOT NULL,
    n_current INTEGER NOT NULL,
    drifted_share REAL NOT NULL,
    threshold REAL NOT NULL,
    drift INTEGER NOT NULL,
    level TEXT NOT NULL,                 -- none, mild (only the recordings differ), strong
    counted INTEGER NOT NULL,            -- 1: a window of clips that no earlier check used
    last_prediction INTEGER NOT NULL,    -- newest prediction of the window
    features TEXT NOT NULL,              -- JSON [{name, score, distance, drifted}], most drifted first
    pictures TEXT NOT NULL,              -- JSON [{name, edges, reference, current}] of the most drifted
    mix TEXT NOT NULL,                   -- JSON {genre: share} that the reference was weighted to
    own_share REAL NOT NULL,             -- share of the user's own clips in it
    action TEXT NOT NULL,
    html_path TEXT NOT NULL DEFAULT ''
);
CREATE INDEX drift_checks_time ON drift_checks (time);

CREATE TABLE switches (
    id INTEGER PRIMARY KEY,
    time REAL NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL
);

CREATE TABLE alerts (
    id INTEGER PRIMARY KEY,
    time REAL NOT NULL,
    level TEXT NOT NULL,                 -- info, warning, error
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    happened TEXT NOT NULL,
    did TEXT NOT NULL,
    can_do TEXT NOT NULL,
    action TEXT NOT NULL DEFAULT '',     -- name of the action whose button the alert shows
    details TEXT NOT NULL DEFAULT '',
    count INTEGER NOT NULL DEFAULT 1,
    acknowledged REAL,
    snoozed_until REAL,
    resolved REAL
);

CREATE TABLE state (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL                  -- JSON
);
"""

_V2 = """
CREATE TABLE tag_writes (                -- genres written into files, and the previous ones
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL,              -- written together, undone together
    time REAL NOT NULL,
    path BLOB NOT NULL,                  -- as the file system has it
    before TEXT NOT NULL,                -- JSON: {genres: [...], had_tags}
    after TEXT NOT NULL,                 -- JSON: [...]
    stamp TEXT NOT NULL,                 -- size and time of the file after writing
    restored REAL                        -- when it was undone
);
CREATE INDEX tag_writes_batch ON tag_writes (batch);
CREATE INDEX tag_writes_path ON tag_writes (path);

CREATE TABLE watched_files (             -- handled files in watched folders
    path BLOB PRIMARY KEY,
    stamp TEXT NOT NULL,                 -- size and time when it was handled
    clip_hash TEXT NOT NULL DEFAULT ''   -- empty when it was never read
);
CREATE INDEX watched_files_stamp ON watched_files (stamp);
"""

_V3 = """
CREATE TABLE listing (                   -- the list of results
    id INTEGER PRIMARY KEY,              -- its order
    path BLOB NOT NULL UNIQUE,           -- as the file system has it
    state TEXT NOT NULL,                 -- waiting, done, failed, cancelled
    time REAL NOT NULL,                  -- when the row last changed, seconds since 1970
    prediction_id INTEGER,
    clip_hash TEXT NOT NULL,
    genre TEXT NOT NULL,                 -- this and what follows: what the list shows of the answer
    runner_up TEXT NOT NULL,
    confidence REAL NOT NULL,
    duration_s REAL NOT NULL,
    unusual INTEGER NOT NULL,
    warnings TEXT NOT NULL,              -- JSON
    alias TEXT NOT NULL,
    model_version TEXT NOT NULL,
    answer BLOB NOT NULL                 -- zlib of JSON, see core.serialization; empty before the analysis
);
"""

_V4 = """
ALTER TABLE predictions ADD COLUMN details BLOB;      -- zlib of JSON: what the other columns lack of an answer
ALTER TABLE batch_rows ADD COLUMN prediction_id INTEGER;  -- its answer, where the predictions have it; else "answer"

-- The window kept unfinished folders in "batches" as the command line does; it resumes from its list now.
CREATE TEMP TABLE window_batches AS
    SELECT id, started, json_extract(request, '$.paths') AS paths FROM batches
    WHERE json_extract(request, '$.folder') = '' AND json_extract(request, '$.recursive')
    AND json_extract(request, '$.model') = 'champion';
DELETE FROM listing WHERE genre = '' AND path IN
    (SELECT path FROM batch_rows WHERE batch_id IN (SELECT id FROM window_batches));
INSERT OR IGNORE INTO listing (path, state, time, prediction_id, clip_hash, genre, runner_up, confidence,
    duration_s, unusual, warnings, alias, model_version, answer)
    SELECT r.path, CASE WHEN json_extract(r.answer, '$.error') IS NULL THEN 'done' ELSE 'failed' END, b.started,
        json_extract(r.answer, '$.prediction_id'), json_extract(r.answer, '$.clip_hash'),
        coalesce(json_extract(r.answer, '$.genre'), ''), coalesce(json_extract(r.answer, '$.top[1].genre'), ''),
        coalesce(json_extract(r.answer, '$.confidence'), 0), json_extract(r.answer, '$.duration_s'),
        json_extract(r.answer, '$.unusual'), json_extract(r.answer, '$.warnings'),
        coalesce(json_extract(r.answer, '$.model.alias'), ''),
        coalesce(json_extract(r.answer, '$.model.version'), ''), CAST(r.answer AS BLOB)
    FROM batch_rows r JOIN window_batches b ON b.id = r.batch_id ORDER BY r.batch_id, r.rowid;
INSERT INTO state (key, value)
    SELECT 'list:unsearched', '[' || group_concat(substr(paths, 2, length(paths) - 2)) || ']'
    FROM window_batches GROUP BY 1;
DELETE FROM batches WHERE id IN (SELECT id FROM window_batches);
DROP TABLE window_batches;
"""

_V5 = """
ALTER TABLE listing ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';      -- JSON [[tag, score]]
ALTER TABLE listing ADD COLUMN style TEXT NOT NULL DEFAULT '';
ALTER TABLE listing ADD COLUMN kind TEXT NOT NULL DEFAULT 'music';
"""

_V6 = "ALTER TABLE drift_checks ADD COLUMN encoder_share REAL;  -- as drifted_share; NULL: not compared"

_V7 = "CREATE INDEX clips_path ON clips (path);  -- an import looks for each of its paths"

_V8 = """
CREATE INDEX corrections_prediction ON corrections (prediction_id);  -- searched for each deleted prediction
DROP INDEX predictions_time;
CREATE INDEX predictions_statistics  -- the statistics of a period need nothing else of the table
    ON predictions (time, error_code, genre, alias, source, confidence, latency_ms);
CREATE INDEX clips_label ON clips (label);
CREATE INDEX listing_time ON listing (time);
"""

_V9 = """
ALTER TABLE listing ADD COLUMN runner_up_probability REAL NOT NULL DEFAULT 0;
ALTER TABLE listing ADD COLUMN bpm REAL;                              -- NULL: none, or listed by an older version
ALTER TABLE listing ADD COLUMN key TEXT NOT NULL DEFAULT '';
ALTER TABLE listing ADD COLUMN title TEXT NOT NULL DEFAULT '';        -- this and what follows: of the file's tags
ALTER TABLE listing ADD COLUMN artist TEXT NOT NULL DEFAULT '';
ALTER TABLE listing ADD COLUMN album TEXT NOT NULL DEFAULT '';
ALTER TABLE listing ADD COLUMN file_genre TEXT NOT NULL DEFAULT '';
CREATE TABLE live_sections (             -- the log of live mode
    id INTEGER PRIMARY KEY,
    listening REAL NOT NULL,             -- when listening began, seconds since 1970
    started REAL NOT NULL,               -- when the section began
    offset_s REAL NOT NULL,              -- from the start of listening
    duration_s REAL NOT NULL,
    kind TEXT NOT NULL,                  -- music, speech, noise, silence
    genre TEXT NOT NULL,                 -- the model's; empty unless music
    confidence REAL NOT NULL,
    tags TEXT NOT NULL,                  -- JSON [[tag, score]]
    label TEXT NOT NULL,                 -- the user's genre, or empty
    takes TEXT NOT NULL                  -- JSON [[file name of a recording, seconds from its start]]
);
CREATE INDEX live_sections_started ON live_sections (started);
"""

MIGRATIONS: tuple[str, ...] = (_V1, _V2, _V3, _V4, _V5, _V6, _V7, _V8, _V9)
"""``MIGRATIONS[n]`` turns schema ``n`` into ``n + 1``. Never edit one that has been released."""
