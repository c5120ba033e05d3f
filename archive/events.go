package archive

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"qissa/report"
)

// The kinds of events, in the order in which those of one story are told.
var kindOrder = []report.ChangeKind{report.ChangeNew, report.ChangeSplit, report.ChangeGrew, report.ChangeShrank, report.ChangeTitle, report.ChangeUpdated,
	report.ChangeReopened, report.ChangeClosed, report.ChangeMerged, report.ChangeGone}

// An event is a change of a story on its way into the log.
type event struct {
	story int64
	id    string
	report.Change
}

// tell writes what changed, by the ids of the stories.
func (g *regrouping) tell(ctx context.Context) error {
	ids, err := g.ids(ctx)
	if err != nil {
		return err
	}
	var all []event
	were := g.stories.were(len(g.groups.of))
	parts := g.parts()
	states := map[int64]string{}
	for i, n := range g.groups.of {
		if !g.told[i] {
			continue
		}
		from := int64(0)
		if _, kept := g.stories.keeps(i); !kept && len(were[i]) > 0 {
			from = were[i][0]
		}
		events, state := g.changes(i, from, ids, parts[i].to)
		for _, e := range events {
			all = append(all, event{n, ids[n], e})
		}
		if old := g.old[n]; g.groups.fresh[n] == "" && (old == nil || old.state != state) {
			states[n] = state
		}
	}
	err = g.stories.eachRetired(func(of identified, heir int) error {
		old := g.old[of.n]
		e := report.Change{Kind: report.ChangeGone, Title: old.title, Removed: names(old.members), Cause: g.cause(nil, true)}
		if heir >= 0 {
			e.Kind, e.Into, e.Size = report.ChangeMerged, ids[g.groups.of[heir]], len(g.result.Stories[heir].Members)
		}
		all = append(all, event{of.n, of.id, e})
		return nil
	})
	if err != nil {
		return err
	}
	others, err := g.untold(ctx, states)
	if err != nil {
		return err
	}
	all = append(all, others...)
	slices.SortFunc(all, func(x, y event) int {
		return cmp.Or(cmp.Compare(x.id, y.id), cmp.Compare(slices.Index(kindOrder, x.Kind), slices.Index(kindOrder, y.Kind)))
	})
	return g.log(ctx, all, states)
}

// log writes the events and the states of stories.
func (g *regrouping) log(ctx context.Context, all []event, states map[int64]string) error {
	changed := map[int64]bool{}
	err := g.exec(ctx, `INSERT INTO event (batch, story, kind, cause, data) VALUES (?, ?, ?, ?, ?)`, func(run func(...any) error) error {
		for _, e := range all {
			g.summary.Events[string(e.Kind)]++
			if e.Kind != report.ChangeClosed {
				changed[e.story] = true
			}
			if err := run(g.n, e.story, string(e.Kind), string(e.Cause), e.Data()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	g.summary.Changed += len(changed)
	return g.exec(ctx, `UPDATE story SET changed=?2, state=coalesce(?3, state) WHERE n=?1`, func(run func(...any) error) error {
		for n, state := range states {
			if err := run(n, g.n, state); err != nil {
				return err
			}
			delete(changed, n)
		}
		for _, n := range sorted(changed) {
			if g.groups.fresh[n] != "" {
				continue // written as it is
			}
			if err := run(n, g.n, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// ids returns the ids of all stories that the batch has to do with.
func (g *regrouping) ids(ctx context.Context) (map[int64]string, error) {
	ids := maps.Clone(g.groups.fresh)
	for n, old := range g.old {
		ids[n] = old.id
	}
	find, err := g.prepared(ctx, `SELECT id FROM story WHERE n=?`)
	if err != nil {
		return nil, err
	}
	for _, n := range g.groups.of {
		if n == 0 || ids[n] != "" {
			continue
		}
		var id string
		if err := find.scan(ctx, []any{n}, &id); err != nil {
			return nil, told(err)
		}
		ids[n] = id
	}
	return ids, nil
}

// changes returns what happened to a story that is there, and its state now.
func (g *regrouping) changes(i int, from int64, ids map[int64]string, reach int64) (events []report.Change, state string) {
	s, n := &g.result.Stories[i], g.groups.of[i]
	old := g.old[n]
	var before []*row
	if old != nil {
		before = old.members
	}
	now := make([]*row, len(s.Members))
	for k, m := range s.Members {
		now[k] = g.row(m.Article)
	}
	came, updated := g.difference(now, n)
	left := g.left(before, now)
	title := g.result.Articles[s.Representative].Title
	add := func(e report.Change) {
		e.Title, e.Size = title, len(now)
		events = append(events, e)
	}
	switch {
	case old == nil && from > 0:
		add(report.Change{Kind: report.ChangeSplit, From: ids[from], Added: names(now)})
	case old == nil:
		add(report.Change{Kind: report.ChangeNew, Added: names(now)})
	default:
		if len(came) > 0 {
			add(report.Change{Kind: report.ChangeGrew, Added: names(came), OutletsAdded: outletsOf(came, before)})
		}
		if len(left) > 0 {
			add(report.Change{Kind: report.ChangeShrank, Removed: names(left)})
		}
		if old.title != title {
			add(report.Change{Kind: report.ChangeTitle, TitleBefore: old.title})
		}
	}
	if old != nil && len(updated) > 0 {
		add(report.Change{Kind: report.ChangeUpdated, Added: nil, Updated: names(updated)})
	}
	state = g.state(reach)
	wasClosed := old != nil && old.state == "closed"
	switch {
	case wasClosed && state == "open":
		add(report.Change{Kind: report.ChangeReopened})
	case !wasClosed && state == "closed":
		add(report.Change{Kind: report.ChangeClosed})
	}
	cause := g.cause(now, wasClosed)
	for k := range events {
		events[k].Cause = cause
	}
	return events, state
}

// state tells whether a story is closed, by the last time of its part: nothing that comes
// in time can change it any more.
func (g *regrouping) state(reach int64) string {
	if g.window > 0 && reach+2*g.window < g.outlets.newest {
		return "closed"
	}
	return "open"
}

// untold returns the events of the stories that are not told anew: the newest time is
// another, so some are closed now.
func (g *regrouping) untold(ctx context.Context, states map[int64]string) ([]event, error) {
	if g.window <= 0 {
		return nil, nil
	}
	limit := g.outlets.newest - 2*g.window
	rows, err := g.tx.QueryContext(ctx, `SELECT n, id, title, size, state FROM story WHERE state = 'open' AND reach < ?1 UNION ALL SELECT n, id, title, size, state FROM story WHERE state = 'closed' AND reach >= ?1`, limit)
	if err != nil {
		return nil, told(err)
	}
	defer rows.Close()
	here := map[int64]bool{}
	for _, n := range g.groups.of {
		here[n] = true
	}
	var all []event
	for rows.Next() {
		var e event
		var state string
		if err := rows.Scan(&e.story, &e.id, &e.Title, &e.Size, &state); err != nil {
			return nil, told(err)
		}
		if here[e.story] {
			continue
		}
		e.Kind, states[e.story] = report.ChangeClosed, "closed"
		if state == "closed" {
			e.Kind, states[e.story] = report.ChangeReopened, "open"
		}
		e.Cause = g.cause(nil, state == "closed")
		all = append(all, e)
	}
	return all, told(rows.Err())
}

// difference returns the articles that were not in a story before, and those in it
// whose content changed.
func (g *regrouping) difference(now []*row, n int64) (came, updated []*row) {
	for _, r := range now {
		switch {
		case r.story != n:
			came = append(came, r)
		case g.updated[r.n]:
			updated = append(updated, r)
		}
	}
	return came, updated
}

// left returns the articles of a story that are in it no more.
func (g *regrouping) left(before, now []*row) (left []*row) {
	in := make(map[int64]bool, len(now))
	for _, r := range now {
		in[r.n] = true
	}
	for _, r := range before {
		if !in[r.n] {
			left = append(left, r)
		}
	}
	return left
}

// cause tells why a story of these articles changed.
func (g *regrouping) cause(now []*row, wasClosed bool) report.ChangeCause {
	switch g.kind {
	case "correct":
		return report.CauseCorrection
	case "withdraw":
		return report.CauseWithdraw
	case "import":
		return report.CauseImport
	case "refresh":
		return report.CauseModel
	}
	late := wasClosed
	for _, r := range now {
		if g.updated[r.n] {
			return report.CauseUpdate
		}
		late = late || r.story == 0 && r.article.Time.Unix() < g.newest-g.window
	}
	if late {
		return report.CauseLate
	}
	return report.CauseFeed
}

// outletsOf returns the outlets of articles that none of others has.
func outletsOf(rows, others []*row) (outlets []string) {
	has := map[string]bool{"": true}
	for _, r := range others {
		has[r.outlet] = true
	}
	for _, r := range rows {
		if !has[r.outlet] {
			has[r.outlet] = true
			outlets = append(outlets, r.outlet)
		}
	}
	return outlets
}

func names(rows []*row) []string {
	list := make([]string, len(rows))
	for i, r := range rows {
		list[i] = r.article.ID
	}
	return list
}
