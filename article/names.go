package article

import "strings"

// guesses are the names that dumps use, folded by foldName, best first. A
// record that has several takes the first that is not empty, and of two texts
// the first that is not hollow. Names behind a bar are worse than any before it,
// wherever they stand.
var guesses = [fieldCount]string{
	idField: "id articleid docid guid uuid newsid postid uri المعرف معرف رقم رقمالخبر",
	sourceField: "source site outlet publisher newspaper sourcename sourcesite publication website domain channel provider agency المصدر مصدر الصحيفة صحيفة الموقع " +
		"sitename ogsitename medianame publishername publicationname newspublicationname feedtitle feedname sourcetitle sourceid sourcedomain domainname media press host hostname " +
		"الجريدة جريدة القناة الوكالة اسمالموقع اسمالصحيفة from",
	urlField: "url link href permalink articleurl sourceurl canonicalurl webpage الرابط رابط " +
		"canonical weburl pageurl newsurl articlelink posturl loc externalurl alternate warctargeturi رابطالخبر رابطالمقال",
	titleField: "title headline headlines articletitle newstitle header heading name subject العنوان عنوان " +
		"posttitle newsheadline newsnewstitle titlerss pagetitle titre عنوانالخبر عنوانالمقال",
	textField: "fulltext text body content articlebody articletext story contents bodytext maintext article newstext contentencoded النص نص المحتوى محتوى المتن الخبر " +
		"contenttext contenthtml cleantext postcontent articlecontent newscontent rawcontent plaintext posttext tweettext tweet نصالخبر نصالمقال تفاصيلالخبر التفاصيل تفاصيل محتوىالخبر details news message " +
		"description summary abstract excerpt lead snippet الملخص desc postexcerpt summarytext",
	// Date before time: tables may have one column for each, and the day alone is a date.
	timeField: "dateunixtime dategmt postdategmt datetime date time published datepublished pubdate publishedat publishdate publicationdate publishedtime timestamp articledate newsdate postdate created createdat datecreated التاريخ تاريخ تاريخالنشر الوقت " +
		"datepublish publisheddate publishtime posteddate postedat posted datetimepub newspublicationdate issued pubdatetime تاريخالخبر تاريخالمقال وقتالنشر " +
		"| seendate crawldate crawledat scrapedat datedownload dateline updated updatedat modified modifiedat datemodified lastmod",
	timeRawField: "timeraw rawtime dateraw rawdate datetext timetext",
	kindField:    "type posttype",
	authorField:  "authorid",
}

// weak are names of a title that stand for much else too: such a record is taken
// for an article without a text only if it has a time or an address.
const weak = " name subject header heading pagetitle "

// inUTC are names of times that have no zone and are in UTC.
const inUTC = " dategmt postdategmt "

// wrappers are objects inside a record whose members count as its own.
const wrappers = " _source article attributes fields node doc extended_tweet metadata meta yoast_head_json "

// lesser are those of the wrappers whose members count only where the record has
// none of its own.
const lesser = " metadata meta yoast_head_json "

// behindBar is how much worse names behind a bar are.
const behindBar = 10 * byRank

// byRank is more than any rank in guesses.
const byRank = 1000

// An outletObject is an object that tells the outlet, by the member that gives
// its name, if it has another that shows what it is.
type outletObject struct{ shows, gives string }

var outletObjects = map[string]outletObject{
	"origin":  {"title", "title"},       // of Feedly
	"user":    {"screen_name", "name"},  // of Twitter, version 1
	"author":  {"username", "name"},     // of Twitter, version 2
	"chat":    {"title", "title"},       // of Telegram's bots
	"account": {"acct", "display_name"}, // of Mastodon
}

// noArticles are the kinds of records that stand among articles and are none:
// what WordPress keeps beside its posts.
const noArticles = " attachment nav_menu_item revision custom_css customize_changeset oembed_cache user_request wp_block wp_template wp_template_part wp_global_styles wp_navigation "

// passedOver reports whether a record of this kind is no article. A service
// message, as Telegram writes of a pinned post or a new photo, has no text.
func passedOver(kind, text string) bool {
	return kind != "" && (strings.Contains(noArticles, " "+kind+" ") || kind == "service" && strings.TrimSpace(text) == "")
}
