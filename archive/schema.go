package archive

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"qissa"
)

// ApplicationID is the application_id of the database that an archive is: "QISS".
const ApplicationID = 0x51495353

// The tables of format 1; migrate.go adds to them. What is written with zstd uses the dictionary of pack.go. Times are Unix
// seconds.
const schema = `
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE model (n INTEGER PRIMARY KEY, id TEXT NOT NULL, documents INTEGER NOT NULL, data BLOB NOT NULL);

CREATE TABLE batch (n INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,     -- feed, correct, withdraw, refresh, prune, import
	at INTEGER NOT NULL,
	version TEXT NOT NULL,  -- of qissa
	inputs TEXT NOT NULL,   -- JSON: name, sha256, articles of each file
	counts TEXT NOT NULL,   -- JSON: read, new, updated, known, …
	newest INTEGER NOT NULL -- the latest time of an article after it
);

CREATE TABLE article (n INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE, -- its id in all results
	source TEXT NOT NULL,      -- outlet as read
	outlet TEXT NOT NULL,      -- that this is taken for
	key TEXT NOT NULL,         -- id as given, address or content: what tells it from others of its source
	nth INTEGER NOT NULL,      -- among equal keys of one batch
	at INTEGER NOT NULL,       -- by which it is compared: its time, else that of its batch
	time TEXT NOT NULL,        -- RFC 3339; '' if unknown
	time_raw TEXT NOT NULL, precision TEXT NOT NULL, url TEXT NOT NULL,
	source_raw TEXT NOT NULL,  -- outlet as the record names it, where source is the host
	hosted INTEGER NOT NULL,   -- the record names no outlet
	file TEXT NOT NULL, line INTEGER NOT NULL, item INTEGER NOT NULL, -- where it stands
	hash BLOB NOT NULL,        -- of all of these
	batch INTEGER NOT NULL,    -- that brought it
	changed INTEGER NOT NULL,  -- that changed it last
	story INTEGER REFERENCES story(n)
);
CREATE UNIQUE INDEX article_key ON article (source, key, nth);
CREATE INDEX article_at ON article (at);
CREATE INDEX article_story ON article (story);

-- The texts stand apart: what is told of all articles is read without them.
CREATE TABLE text (article INTEGER PRIMARY KEY REFERENCES article(n) ON DELETE CASCADE,
	title TEXT NOT NULL,
	body BLOB NOT NULL, -- zstd
	rest TEXT NOT NULL  -- JSON: what was repaired, other records of the page
);

CREATE TABLE withdrawn (name TEXT PRIMARY KEY, source TEXT NOT NULL, key TEXT NOT NULL, nth INTEGER NOT NULL, batch INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE story (n INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	state TEXT NOT NULL,    -- open, closed, merged, gone
	target INTEGER REFERENCES story(n), -- for merged: where its articles are now
	born INTEGER NOT NULL, changed INTEGER NOT NULL, -- batches
	first INTEGER NOT NULL, last INTEGER NOT NULL,   -- times of its articles
	head TEXT NOT NULL,     -- name of its first article
	home TEXT NOT NULL,     -- name of what that was when the id was new
	size INTEGER NOT NULL, title TEXT NOT NULL,
	line INTEGER REFERENCES line(n), -- storyline
	since INTEGER NOT NULL, reach INTEGER NOT NULL, -- first and last time of its part: of the articles that could draw it, or be drawn, into another story
	record BLOB,            -- zstd: its line of stories.jsonl, where stories are named by their first articles
	pairs BLOB              -- zstd: the lines of pairs.jsonl of its pairs, and of the nearest to each of its neighbours
);
CREATE INDEX story_last ON story (last);
CREATE INDEX story_reach ON story (state, reach);
CREATE INDEX story_head ON story (head);
CREATE INDEX story_target ON story (target) WHERE target IS NOT NULL;

CREATE TABLE line (n INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	state TEXT NOT NULL, target INTEGER REFERENCES line(n), born INTEGER NOT NULL, changed INTEGER NOT NULL,
	head TEXT NOT NULL, home TEXT NOT NULL, size INTEGER NOT NULL
);
CREATE INDEX line_head ON line (head);
CREATE INDEX line_target ON line (target) WHERE target IS NOT NULL;

CREATE TABLE correction (n INTEGER PRIMARY KEY, batch INTEGER NOT NULL, kind TEXT NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL, place TEXT NOT NULL,
	ended INTEGER -- batch that took it back
);

CREATE TABLE event (n INTEGER PRIMARY KEY, batch INTEGER NOT NULL REFERENCES batch(n), story INTEGER NOT NULL REFERENCES story(n),
	kind TEXT NOT NULL, cause TEXT NOT NULL,
	data TEXT NOT NULL -- JSON
);
CREATE INDEX event_batch ON event (batch);
CREATE INDEX event_story ON event (story);

CREATE TABLE mark (name TEXT PRIMARY KEY, event INTEGER NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
`

// Identity is what tells articles of one outlet apart.
type Identity string

// The identities.
const (
	ByID      Identity = "id"      // the id as given, else the address, else the content
	ByURL     Identity = "url"     // the address, else the content
	ByContent Identity = "content" // title, text, outlet, address and time
)

// Settings decide on the grouping. Only [Archive.Refresh] changes them.
type Settings struct {
	Window   time.Duration
	Story    float64
	Copy     float64
	Identity Identity
}

// settingNames are the settings by the names of their flags.
var settingNames = []string{"window", "story", "dup", "identity"}

func (s Settings) values() map[string]string {
	number := func(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
	return map[string]string{"window": s.Window.String(), "story": number(s.Story), "dup": number(s.Copy), "identity": string(s.Identity)}
}

// Create makes the tables of a new archive, which compares under a model until it makes one
// of its own articles.
func (a *Archive) Create(ctx context.Context, s Settings, m *qissa.Model) error {
	if _, err := a.tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id=%d; %s", ApplicationID, schema)); err != nil {
		return told(err)
	}
	if err := a.migrate(ctx, 1); err != nil {
		return err
	}
	a.settings = s.values()
	for _, key := range settingNames {
		if _, err := a.tx.ExecContext(ctx, `INSERT INTO setting VALUES (?, ?)`, key, a.settings[key]); err != nil {
			return told(err)
		}
	}
	return a.setModel(ctx, m)
}

// Settings returns the settings of the archive.
func (a *Archive) Settings() (Settings, error) {
	window, err := time.ParseDuration(a.settings["window"])
	if err != nil {
		return Settings{}, a.damaged("the window is %q", a.settings["window"])
	}
	story, errStory := strconv.ParseFloat(a.settings["story"], 64)
	dup, errDup := strconv.ParseFloat(a.settings["dup"], 64)
	s := Settings{window, story, dup, Identity(a.settings["identity"])}
	if errStory != nil || errDup != nil || !slices.Contains([]Identity{ByID, ByURL, ByContent}, s.Identity) {
		return Settings{}, a.damaged("the settings are %v", a.settings)
	}
	return s, nil
}
