PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO setting VALUES('crawled','[]');
INSERT INTO setting VALUES('dup','0.6');
INSERT INTO setting VALUES('identity','id');
INSERT INTO setting VALUES('story','0.3');
INSERT INTO setting VALUES('window','72h0m0s');
CREATE TABLE model (n INTEGER PRIMARY KEY, id TEXT NOT NULL, documents INTEGER NOT NULL, data BLOB NOT NULL);
CREATE TABLE batch (n INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,     -- feed, correct, withdraw, refresh
	at INTEGER NOT NULL,
	version TEXT NOT NULL,  -- of qissa
	inputs TEXT NOT NULL,   -- JSON: name, sha256, articles of each file
	counts TEXT NOT NULL,   -- JSON: read, new, updated, known, …
	newest INTEGER NOT NULL -- the latest time of an article after it
);
INSERT INTO batch VALUES(1,'feed',1796024377,'devel','[{"name":"f1/examples/newsroom/day/wire.jsonl","sha256":"f818ce4857915a8670fa37be9952c15398d2d8323fe1fe57075a61702f7b6cff","articles":4}]','{"Batch":1,"read":4,"new":4,"updated":0,"known":0,"withdrawn":0,"changed":4,"events":{"new":4},"totals":{"articles":4,"stories":4,"open":4,"storylines":4},"Unknown":null}',1773059400);
INSERT INTO batch VALUES(2,'feed',1796024379,'devel','[{"name":"f1/examples/newsroom/day/misaa.xml","sha256":"43fd07f48e8905bfbcd88b2587d922ce8428fad4176fd11cd169e239e6cfc9fd","articles":4},{"name":"f1/examples/newsroom/day/desk.csv","sha256":"3634ae9e16dbfde22c4616bf8d509cc8d0b63ba04763eb72e37e1b9aca8d993a","articles":4}]','{"Batch":2,"read":8,"new":8,"updated":0,"known":0,"withdrawn":0,"changed":7,"events":{"grew":3,"new":4},"totals":{"articles":12,"stories":8,"open":8,"storylines":7},"Unknown":null}',1773083700);
INSERT INTO batch VALUES(3,'correct',1796024379,'devel','null','{"Batch":3,"read":1,"new":1,"updated":0,"known":0,"withdrawn":0,"changed":0,"events":{},"totals":{"articles":12,"stories":8,"open":8,"storylines":7},"Unknown":null}',1773083700);
INSERT INTO batch VALUES(4,'withdraw',1796024380,'devel','null','{"Batch":4,"read":1,"new":0,"updated":0,"known":0,"withdrawn":1,"changed":1,"events":{"shrank":1},"totals":{"articles":11,"stories":8,"open":8,"storylines":7},"Unknown":null}',1773082200);
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
INSERT INTO article VALUES(1,'wire-101','وكالة الوادي','وكالة الوادي','wire-101',1,1773033000,'2026-03-09T08:10:00+03:00','2026-03-09T08:10:00+03:00','exact','https://example.org/wire/101','',0,'f1/examples/newsroom/day/wire.jsonl',1,1,X'96d7b3c683f3e5844026aa14208263fa',1,1,1);
INSERT INTO article VALUES(2,'wire-102','وكالة الوادي','وكالة الوادي','wire-102',1,1773049200,'2026-03-09T12:40:00+03:00','2026-03-09T12:40:00+03:00','exact','https://example.org/wire/102','',0,'f1/examples/newsroom/day/wire.jsonl',2,2,X'bbbf2a97c69e515445b265241f4a3261',1,1,2);
INSERT INTO article VALUES(3,'wire-103','وكالة الوادي','وكالة الوادي','wire-103',1,1773054000,'2026-03-09T14:00:00+03:00','2026-03-09T14:00:00+03:00','exact','https://example.org/wire/103','',0,'f1/examples/newsroom/day/wire.jsonl',3,3,X'b7dcd603ef3dbd8c47502f4f05710d91',1,1,3);
INSERT INTO article VALUES(4,'wire-104','وكالة الوادي','وكالة الوادي','wire-104',1,1773059400,'2026-03-09T15:30:00+03:00','2026-03-09T15:30:00+03:00','exact','https://example.org/wire/104','',0,'f1/examples/newsroom/day/wire.jsonl',4,4,X'd3c3d025bb1d9c5f3c5145affefbb35d',1,1,4);
INSERT INTO article VALUES(5,'https://example.org/misaa/2201','مرصد المساء','مرصد المساء','https://example.org/misaa/2201',1,1773037500,'2026-03-09T09:25:00+03:00','Mon, 09 Mar 2026 09:25:00 +0300','exact','https://example.org/misaa/2201','',0,'f1/examples/newsroom/day/misaa.xml',0,1,X'7fd8e1517b32d4585f98e3bb311062ab',2,2,1);
INSERT INTO article VALUES(6,'sada-74','صدى الضفة','صدى الضفة','sada-74',1,1773043200,'2026-03-09T11:00:00+03:00','2026-03-09 11:00','exact','https://example.org/sada/74','',0,'f1/examples/newsroom/day/desk.csv',5,4,X'f6a6900b8d16d6458fc8c5fb5458e739',2,2,6);
INSERT INTO article VALUES(7,'sada-71','صدى الضفة','صدى الضفة','sada-71',1,1773051600,'2026-03-09T13:20:00+03:00','2026-03-09 13:20','exact','https://example.org/sada/71','',0,'f1/examples/newsroom/day/desk.csv',2,1,X'c7d375d7151d2378eff486ca408a0e36',2,2,7);
INSERT INTO article VALUES(8,'https://example.org/misaa/2204','مرصد المساء','مرصد المساء','https://example.org/misaa/2204',1,1773053700,'2026-03-09T13:55:00+03:00','Mon, 09 Mar 2026 13:55:00 +0300','exact','https://example.org/misaa/2204','',0,'f1/examples/newsroom/day/misaa.xml',0,2,X'561b8e254b2e471517796c2045fb2a99',2,2,2);
INSERT INTO article VALUES(9,'sada-72','صدى الضفة','صدى الضفة','sada-72',1,1773058200,'2026-03-09T15:10:00+03:00','2026-03-09 15:10','exact','https://example.org/sada/72','',0,'f1/examples/newsroom/day/desk.csv',3,2,X'62f4d288034561e157fd301192a54295',2,2,3);
INSERT INTO article VALUES(10,'https://example.org/misaa/2209','مرصد المساء','مرصد المساء','https://example.org/misaa/2209',1,1773065100,'2026-03-09T17:05:00+03:00','Mon, 09 Mar 2026 17:05:00 +0300','exact','https://example.org/misaa/2209','',0,'f1/examples/newsroom/day/misaa.xml',0,4,X'0e60e871da88e298470b31d9a18a8365',2,2,8);
INSERT INTO article VALUES(11,'https://example.org/misaa/2207','مرصد المساء','مرصد المساء','https://example.org/misaa/2207',1,1773082200,'2026-03-09T21:50:00+03:00','Mon, 09 Mar 2026 21:50:00 +0300','exact','https://example.org/misaa/2207','',0,'f1/examples/newsroom/day/misaa.xml',0,3,X'2a69c2346a9dd32135ecf93040358081',2,2,5);
CREATE TABLE text (article INTEGER PRIMARY KEY REFERENCES article(n) ON DELETE CASCADE,
	title TEXT NOT NULL,
	body BLOB NOT NULL, -- zstd
	rest TEXT NOT NULL  -- JSON: what was repaired, other records of the page
);
INSERT INTO text VALUES(1,'افتتاح جسر النخيل أمام حركة السير بعد عامين من الأعمال',X'28b52ffd41000162010d0a0052d63725a00549023315193ed9654944eea42429d31fac9f2692b64ce9c30c00288284f68f05880a018573faa038273cc574d340e392f1d4c667b8994e6c18c2a5a26132a6afa0b854886ea2d1e97c6cc9183ea7cfc0653b820002ee9c4e685c64a2d531824b4674c223f0f9c0533c561f2f8d89cd43d330b29a697cc0c43b5637135cc84ca83ef0d468854b437a2132a31ac1769cbe42731d82be01008e697c2ef8d4ec341e90d187ac462f1b6fb131f10c6caa190b6e223cf4127df0ceea844893b180874e2b84cbc485a75e5ca6cfcb5344562fa24f51bd784e3c264226d378192708105aea366244c1c4ce2bbb4e73c0c1a1b1d4b8515bff88b958839eb13484341a11dab8ae8037484781a6121e980667963c6949698266013a6f197dd3986910fcb0d432abaa0982b0c1ea3159303e0c32155f3d3ebaab845acd13a69950','{}');
INSERT INTO text VALUES(2,'عاصفة رملية تغلق ميناء السدر الشرقي وتؤخر خمس سفن',X'28b52ffd410001e9009d0800b2d5342290010c02ba58fcbdf94d32942effe72e5c7a898f3e724bc95c1efeffffd7dfbb12230402970999c62523c22bcc6cbcc5e26513ad2e36663c5e8e4b35c27189b0a998d031f9088deaa6e888ccbc65e315a715e6e3a51b0d0470b349be011bd1c6b7641e1b2fd3b7444eab196fc001369707af792033cdbc74f1e33da20f5eba8019271fa1c9449f9ab988be34fa8e8d15aff07141005b6147f43109587cf00caa8fd1cd33588c7099f018191f192fad4e0b70211f786ae3a641d3f191c0655a8dbec5f432197dbc3c838b6ae4631a1f17503116006e6147d3961357d8c26670b486911908efe51f7578a4357cbf9e65b3b617e3bf9641d5467e6816be6af77067f1808e814118f026492e53dad72c03','{}');
INSERT INTO text VALUES(3,'البنك المركزي يبقي سعر الفائدة عند 4.25 في المئة',X'28b52ffd4100018d00e50600924e272290078d00ab30dd42999f84ecbf2b652be8449d8464daff611886d934d15b882007082635ab3e45d4537433359bbd7cdc47974ff17daabc9c4d45b34e5d27ac7e888accf01a51b346b3a7ec978a07b7b3eaf6ba28660b002370aa70c3ca7b5110c682b6d56da3ea85dfa968b247d5a9cad137262712473119912d8a04016600d9a86fccbad56ee464366275d17ebb31bbf0a1edd34351171ad4e81a3916003a2b80c4b633cf8e63d81cdcd6c213e29d82b80de39d50642f3553f35e59871f633cfc41f10d57b21230c528238186cc2be71ce0722fd736cb01','{}');
INSERT INTO text VALUES(4,'مكتبة المدينة القديمة تفتح قاعة للمخطوطات المرممة',X'28b52ffd4100013d00c50500720d2320a00501005339f0207d29f99352697cdae587cae565faa927c96366466fca80300466f56da5bad002a21ebd09b6d22852e56560aaef26a08cd530d3295212d6cc775a7d8e5a5914b1c156ebf2a9610a8c9af8acf7dae86d549969ab55cde466a4cdca561e455d1f66e65d286a512656afd34c5edfa7bc970f66b29da3a8cb56a337930fa7016a25e274d1740f0032139068374441e21fa84110b0194068b8003c37e5e286a6f851d1161eaf1e2f8891790584984f','{}');
INSERT INTO text VALUES(5,'جسر النخيل يفتح أبوابه للسيارات & المشاة',X'28b52ffd41000119011d0900f2943322a0014902488284ffef92a42ff74fd2968957d63dd24f5ba6b4819999102a1ec6386003c2e9632e2e8d136f89be63e3f4193ca713c539e11d4c3707342e194f6d7c859b69c586215c2a6c988ce91b1c17b8644427bc009f09bc83c7eae3a551b199340b23ab99c60454bc6375b3800b9909d5049e1aad7059482f44665417d88ed33768ae43d00760e098c667c2a766a73141461fb21abd6cbcc546c533d85433126e223cf4129d78677542a4c928c043a715c2a5e2c2532f2ed3e7e51d44562fa2efa07af1ac784c844ca6f1321f00ec4b822d254ff42063ede22c986c80020ebd8c45deabb59242ae8e3995676b49b1099a2c401b6f19e19b6666da087e90d432a2aac6411086c13a8ec932c6871c648ef8ea8e8f0e5709b9d51c09739850','{}');
INSERT INTO text VALUES(6,'مدرسة ريفية تزرع سطحها بالخضار',X'28b52ffd4100013800dd0500024f2620a0a1410048424c64dfc66fffb22d48e27f6d7de42f527aff959999b06126010603b44163f432f99a87f42dd34be6c264b41a604566c1735c266c0a9eda784c1b4cbe0161c6f4a91f974c84d7743c464edfa2e3e3b299563c0199cb020f8ab7444e3f2a4c9f633242f531d50b138c4dc50b183de0a591994685cd3b5e36aad91dab1f6f51cd247c6ae35b6c321dd347a03abd44331e3ab9310a00e34698ac6505b7a1ae7680c90c544807620bf75d6a04592d2072dbbc07','{}');
INSERT INTO text VALUES(7,'بعد عامين من الانتظار.. أهالي الضفة الغربية للنهر يعبرون جسرهم',X'28b52ffd410001ff000d0900d2143423908149023e68000a275b4e48e4f6df3bd34f3352924f32c9f482165a804c3b4c3d340c84e612ad5e3c74463e00020a0f3c3393d103bc65bac9a8a866e90273b9b0e1c12398a1a25a78eae33378ac6e785e67c5e522a22e90a142e6a991192e93744334f2e29931aa11366fb13121771ef8123697ac9ac7693513c03318a8788d884b27a7cfe0a27869e6a1b03a7d8484cda59af1cee98397dc64362a3cf4c13b330b1f5a8d16e072e192d9f0ce6a45c458e0117c6ebc846a66f320e1b181e8e5c08c87463e854b84c8e7e535978c011d006d1386b0036277c1d51aff1926fe36aacc8eb8da1d8c18a1c50e6b3745fa2117fe14e7765f2546eb7077683b78136466e33496c1cd10e17afc0ccd779d055f9d03e5dcd5c084b94c895ff309','{}');
INSERT INTO text VALUES(8,'إغلاق ميناء السدر الشرقي بسبب الرمال',X'28b52ffd4100019f005d0700b2512c219081c9003e0026df77a79cbef89d64262164aabd54924c2909000f3ca067cce3c102c2eb6686947d94995d3875374e714af75af15b69b3910698ebd3809755057ea322666ef3bd5edc067eaf01cc36e237db6bd5d435330fa792f9f42855db488f1255998651d7a9a7865593b2ed1e5439958265b7aa3b319755919ebeb96c54f1ba99ec547652be0f1726aa2aeae1957431ddcd6caa1e7d27de6ec26b54d553aa1a25aa510497077d33b36df4686a3b1500456c4143d33b582168d88fafc08a2444cd0787346d6b8600dd2e908d00b4208eb47c09cc3010b6c9986cfa24d665e43e9321b6cd4c','{}');
INSERT INTO text VALUES(9,'المركزي يثبت الفائدة للمرة الثالثة',X'28b52ffd4100014000dd0500824b212290874900ab30ba85a40ca126913b13990d329e12a5c83e4892243644c84840100c40a8bdda4698fd501559e136aa6689668f36bf552cd89d65bbdba9984d06047034e18597f7c162300ed4cd7613653bbf5711658db25717a36f546618a3a89c645351e08002b059f58dd967f633b27273323bb9dfcf98752eea3e5a54b5214189b6910313000c9b83db5a7842bc5310b761bc138aeca5666ade2bebf0638c873f28bee14a5602a6186524d09079e59c035ceee5da6639','{}');
INSERT INTO text VALUES(10,'أسعار الطماطم ترتفع في أسواق الجملة',X'28b52ffd4100014100f50500524e241ea08149004842f2bc7eeff6d2524a9eb6fe4a9f7626f93daaaad0a7260806008bc686a531fa10d56702665a7d242e99e882579c6e4c5ff37cc6eae2e6a19701dff2ac986eaa0f4df0169789cc6b12a799e91b10519d0dadc073f16aaa891bf4f99ae9434682a7d83cbc45357a89563c84790217173cc4e273c278eac1773eb83c1f8e38ad886ebcc526e33507331797010f001c4b00d7551423a6438cc2d8b0a5c9e158cdd37987e85c8b5dd3453625625e23dcd5e7ae9a6db313','{}');
INSERT INTO text VALUES(11,'النجمة يخطف بطاقة النهائي في الوقت القاتل',X'28b52ffd4100017200a50600b24e2621a0274900ae60c2514929b9edbda54c17514d1249526622fcffffab3a5f5d8065020544746a1e788bea53646c6cd46b86469866afafd078b0b930ad887808d16b63f5252612896836629f8fbdc8b8565c6c9e4fadb079ac4e2b64bcb3e231e21568cc364ed80c6c32aa2f0040e0d26a83c767f6c22338dd78c708aecf88c7566c2e4683031ffb60f3d8f812d50a8dd3cd43b317cf97601a3115004a084058f7040092864335344e4a2c5caab03cca2010b01b98423235dbbf293c78be4ce6d86e48ede30cf62ae33bc76aa94b2c06a507','{}');
CREATE TABLE withdrawn (name TEXT PRIMARY KEY, source TEXT NOT NULL, key TEXT NOT NULL, nth INTEGER NOT NULL, batch INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO withdrawn VALUES('sada-73','صدى الضفة','sada-73',1,4);
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
INSERT INTO story VALUES(1,'s_2f610e4636f0','open',NULL,1,2,1773033000,1773037500,'wire-101','wire-101',2,'افتتاح جسر النخيل أمام حركة السير بعد عامين من الأعمال',1,1773033000,1773037500,X'28b52ffd6101ac07ed10004294433140314500dedf7de2c26b368d8500adeeae0c14599423c5426326d222d416ae3453dbcf52065becfad49e9c79fffeba9f200113c684316130e2aa2f4f5e6c4a15175b084a2524ada181d0a3934c98e540508a09816b6c150bec5e94e97eda6231de08e22d289d9a06725da4a03566e7791f18d92013a41c89b97d5c641a7cdeb43d0e3a4db2cd998189cac2b089197aecf201ee39f9cdc7cebc1ec04599130a967c7df91af64211d4d018cc2f5fcdd80b4590c3eb3b179b73cfcb8b4d60d10c63ce98ca143c80b154b174d1b139afb734a52d4d69157e7ea9b4d85be9b1c5aeff7c39ff1cf32d3f76e79953babce62b76bdd8976fd8636f5ee9b0ebb77ce70f5fcdebc9935fe87a8a2969fbb8486320408230840ced960a202c75f3ab50003c02f86a06dbaa759c3c626e82002b17075c2573b02adc5015b319d55c657e8536110e7c8644f5016fe5bdef23012aa0a92d05c806704918d9fd1a50448c40aa837c18f0ed0f9ab4418f29a1a51f0c38011028339634f4eb9e281a820e859a2881ef85e6f0a1989c713c7a4201774678831b1ccb01e67a9c05611015076e605370bd3f6cf5309598c3b85e1964b803581e5099ed9903375913445437cd867c2ee65a595fc29073b3fb04cc7c722abab858e032d7ac735addc0c950cd0682e9c05e40505114cbb439a7700211bab4140a641a807b0e42bd810606ecf4190624090cef34c3888d56b7f31d151e278217960809900196d3c7c3793108',X'28b52ffd4100016701d50600e207191980b70d80b80fbd87058edb19a8dd9b9b92329fb6d5b859d861a978e9d8bfde2f37afa28152b104ab99c3040048e1a546a46cd09f979b2a8f333bbf7857c6db558cbf4eba97f47d6c463c6b35243983c560b08292ac043be768cae140387ac116046102260057019c404139901558069088d2473b1c1578e0a7c0d13c2ac21ec9d8460ea2774ff63c84f0b903a3b30c3800a5f13e3f422330582c3cc8387340ab8e8d008dae00240c560a5fb5cbf79928f7398bd6b3df1aba0bc828fb7c20f302d7676eaacffc5e9fc9549f17805473b76777370b1908');
INSERT INTO story VALUES(2,'s_747bae620156','open',NULL,1,2,1773049200,1773053700,'wire-102','wire-102',2,'عاصفة رملية تغلق ميناء السدر الشرقي وتؤخر خمس سفن',2,1773049200,1773053700,X'28b52ffd610142079d0e00e2d13b2f50a7080029cfbf748b250014343c4aea9fd9b6fc0409ce92b5c48328342061c4d567e640b8f9c96f1630e1308c7301d1841e9824212d24c0ee34e55ccd6a2c253782640deed5f460c61987ceb89afbc70b96e49cd1b23607164d267322580411cb326d8b5c90b8290a2646bc3447241a6859e27a1c6096e48ab1da246a0aa0ba7fefcee06ab983a108c2b87bb5778af177cba1088aa08bab43d38e3d064d3fc060540b292b295553214049c44222a6f9bde36aef9a847b9fb33be5a137343dc70b9a63056fec7dbf570eba0174c7e15e5cddfd3bfd56cefde38d57e3efdce941afc6947b5cfde02915884b734402522040420063c8ac072b424e38901102b91b3f5e08bb0182977e474070514d09e1cd2b8165d03942669f13b6a41c708284240bbf011e60840c3a701f0397ff007c3f263df0f3fbb86f62209614283547fe1e1dd241874d4df0e2e04cb0702e91660caf1b28202d2304411bace20061f8780582c1101d705c4f414f41a2ec64036d01ec7bc37545c73b649122ca918683dc06417342c89b4c3703171f78ca35eb9c563770192a6d90171d483b04f1a458949139f2c62a1099134a641a603a078fa2018206a4ac19f49009deeecfd0a22dc4cf13c7bbba04c8020cbbdc1f0fe7e920',X'28b52ffd010001650200c40222776972652d31303268747470733a2f2f6578616d706c652e6f72672f6d697361612f32323034353238360a0900f36610de991f509f0b0003b0cf065b9f0d6cf5f9b8db73decd6d0602');
INSERT INTO story VALUES(3,'s_5b90f413599f','open',NULL,1,2,1773054000,1773058200,'wire-103','wire-103',2,'البنك المركزي يبقي سعر الفائدة عند 4.25 في المئة',3,1773054000,1773058200,X'28b52ffd6101c8067d0e00c2d0393060419c01fcf997eb3f903c99ee5ef2af1435ac92c750402b4a835a45464b7dfaaa68395990499249668a5572157f3e0152ca054b1019d86a35a6636204440a0fab3e482d6a6503a216b58ac964ce066a41482472594945805672500b58af8704165c91a81e2440284385b0b28d395154143b67193fec194f58f3c37e5ff9fdc33b67ee5cf9cbcc71c7983f8a67b371777984356f7cff289ecd940730c43903f080544d315631560b49808ad08c1043de73ce8cd92cc75ccacd9a7bcadf24a3c5e38cbde3b799b3c699299d3b96f0bbaf5cf3fdbbe7d8f2ce0ebf3cf3b31cbb36a304d5eb2109552040c210a1b31e98627ccb03c48e1832bca51b2d8fa78998ee33c4480f8c2a2fef8f8e530137d592b11cd4ae7bf685063fc02357a1c784e63dd87101626c04cad803dc64cc7a6602e20a51071d696ac2174b37c1d3bdc49831fc72a3c0bb8a20056d808c0354e1631e0886517400cd3d05c9ffb0c76faa2d862179cb6118132c514691462a0087dbdd2436e4d131d285561b643220ae889b708b172c16e448690067d66c0064a8b4c15c3ad05508b269b110336eb5cccdfd52cb17c833401307837e037e0674ac19289009deeecf4e8cc52988600a86e4d5b52540026480e57e3c9cf783',X'28b52ffd0100013d0300740322776972652d313033736164612d37323634383137333538363533312c343837342c393134392c323233352c32313433636f7079227d0a0e0046e70e94cd36289fd9b56a97aa084d7cc6baf2ec6ae1733780cfdcf89ef9053e13c3f77ccced39efe6360301');
INSERT INTO story VALUES(4,'s_eeb9005deee6','open',NULL,1,1,1773059400,1773059400,'wire-104','wire-104',1,'مكتبة المدينة القديمة تفتح قاعة للمخطوطات المرممة',4,1773059400,1773059400,X'28b52ffd6101b304e50800d2882025708b00a9aa102987f1a5529572c13ec955555fdea61c310f88aa2b04606bd3ddfb0800283a100491124b5595b4aed858cb51189e8d72ba76212b41643828e91177232b008030824f44701007d83cb0290cb87ba6deb26fef3c3f6fa9a6febcfd73453bd3f9626aec0cc5d591d78949ceddf3bc766aa6f3c4d5d9e721e834514e573400b32d0ff45e0c5dcb10007f80601f405b1dd4d4047df16239c18c6589351ac3139651009388b000b8411c19a0cc3cae3fc3c0443800498a14f28d3c81e02903f91442218287fdcb8486d383e203006258ca0690a10a36d89b3bd0564090cf5c2ccc929beb25b0016cd45368c8ca006a8a018615434b99811366025f4c680c4cfe5417800968b7ccd74bc403a062b05cfe78382f0701',X'');
INSERT INTO story VALUES(5,'s_b19806ab0b5a','open',NULL,2,4,1773082200,1773082200,'https://example.org/misaa/2207','https://example.org/misaa/2207',1,'النجمة يخطف بطاقة النهائي في الوقت القاتل',5,1773082200,1773082200,X'28b52ffd6101bd044d090062ca262a600b1455f9cf7346d1e8c451a8330bf4eeaebeb0e4928835a22b2051f54d2ca46413f170ec3b5f7f9503cb21c92b5988054fce595185687a543160988501761bc870ab08adc31b304de8607e58e0512081c3c8c248031f5e6ff18de217aff8d65a335e9f319eb503d7582fd710af6fe8ed9e757de3115fac1b9f38d7db7d6b8933b4d6f5030ce18b9126c87750cd24922819afe8bd87529685102f00032e4f48be1102e4152d138d9e1c8ac3044e2c2758b12ce38e8e206c651414001bc025a01789f6f3663a0832788b0bd5270cf61407ab4ea4904be409bc4e1982290e41a707c3a70018b0940d2043156c60397760b480a0acb958ce2537ad37b8ae14f18411b82a2608ac1172ca0c9c07145c3243e332b49be387a8f1770401568dc0f0f2e7c3791908',X'');
INSERT INTO story VALUES(6,'s_3862d0c9c0bd','open',NULL,2,2,1773043200,1773043200,'sada-74','sada-74',1,'مدرسة ريفية تزرع سطحها بالخضار',6,1773043200,1773043200,X'28b52ffd6101ed03250800a2482026806b00df151c22a58768318d5ecc0c0069b0449b0d62b7df19286fe269a4b4e91d36b2adc80152a0c18627c1322e04c6a5aaca62875c2c430729d28511f222acea910a06051f7277e2f7a6f726082a109e133d4700d07e75a793de9ef97cf6ee17ca35bba42dd79cbb6e3e8f79e5aa1debabb19e57eddce7b7475a1a3830420e2e20408220c6103e83670ee802432c6fc2a6b32210120d19939e0c8bd984e3851105a0f860bb18c4907a18289880380beeb936309781c5340a29de04f5ae0c9c16c1f0076a550f7ef2700d58b5c165a8da40aa3bb0110455542ca38cb5cc66f18406dc06a85b03c360187733a02c81090a861cd32a097cf6c341399f0de74920',X'');
INSERT INTO story VALUES(7,'s_fdebefb2d8cc','open',NULL,2,2,1773051600,1773051600,'sada-71','sada-71',1,'بعد عامين من الانتظار.. أهالي الضفة الغربية للنهر يعبرون جسرهم',1,1773051600,1773051600,X'28b52ffd6101e704cd0b0012cf322d604b5c002308be1d5193b4a28a967f4984222845018da3451f99338ff17410412099a581cc4e76545a16458112030f0c0088d1611a300a538a1e848cde639aa8099118de6c0ee2e39e8ce47c08d4c4480b0d0ff920bd07cd86a301210423e43405047071e0f2c489536c61ebd7e9257e9d7973bdbbbe4e5fbdba93b83ef37546e417f53a66c730d7d618d64c6fa3536dc6e8ad3bfa7aebd69b1dc59b33bbebfa8a258ef8f5c4cebab575ccae7a7d85e9ab5bbbeb8a29ec26b6d6ac3972eb06368b4425401a81454672063b00532f0fb41f0c6002348712203748803298943d00e1862d7543a0047e2c2718b22cf14661f8c4320a07e607d06e928891010803368280ff856002c00d90881b322649c0bc604838f20483a70cea091f50b250200cc2e8031aa707bfe70118b0940d2043156c48387700b080e0a3b9d8d59203d133655508e42d03782a0688160c900a25519b7b1df326285e2a6b430a8c01ca40941ab3deaedaa8287422548360e4982b973f1bcecb40',X'28b52ffd010001ed02006403733a2f2f6578616d706c652e6f72672f6d697361612f32323031736164612d373132323435363836353135382c31383431372c3234330b00136b4601f87995d73361b4cf1dc63e1fd8fa7c066c97fa7c8ccde71c0872b39b851c04');
INSERT INTO story VALUES(8,'s_f2f2b12182a6','open',NULL,2,2,1773065100,1773065100,'https://example.org/misaa/2209','https://example.org/misaa/2209',1,'أسعار الطماطم ترتفع في أسواق الجملة',7,1773065100,1773065100,X'28b52ffd6101ba04a50900640a68747470733a2f2f6578616d706c652e6f72672f6d697361612f32323039d8a3d8b3d8b9d8a7d8b120b7d985d8a7d8b7d98520d8aad8b1d8aad981d8b920d981d98a20d8a3d8b3d988d8a7d982acd985d984d8a9d985d8b1d8b5d8afd985d8b3d8a7d8a132362d30332d30395431373a30353a3030222c22224d6f6e2c203039204d6172203230323620202b303333396631732f6e657773726f6f6d2f6461792e786d6c22342f00eb2d4f48be1102e4fd2c132d9e1c8ac304362c27f8b02c838d8e206965140e001bc025c61709f5f366600832728b0bd2671812081c963c91424e9127303b1fc08380d37691b0727a307c0a80014bd9003254c1068b73071a0b08729a8b855b3217bdc65f458b278c405031816d46182933841b5010c80c0d9b9a9772be7e471061d5080c2f7f3e9c9781',X'');
CREATE TABLE line (n INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	state TEXT NOT NULL, target INTEGER REFERENCES line(n), born INTEGER NOT NULL, changed INTEGER NOT NULL,
	head TEXT NOT NULL, home TEXT NOT NULL, size INTEGER NOT NULL
);
INSERT INTO line VALUES(1,'l_2f610e4636f0','open',NULL,1,2,'wire-101','wire-101',3);
INSERT INTO line VALUES(2,'l_747bae620156','open',NULL,1,2,'wire-102','wire-102',2);
INSERT INTO line VALUES(3,'l_5b90f413599f','open',NULL,1,2,'wire-103','wire-103',2);
INSERT INTO line VALUES(4,'l_eeb9005deee6','open',NULL,1,1,'wire-104','wire-104',1);
INSERT INTO line VALUES(5,'l_b19806ab0b5a','open',NULL,2,4,'https://example.org/misaa/2207','https://example.org/misaa/2207',1);
INSERT INTO line VALUES(6,'l_3862d0c9c0bd','open',NULL,2,2,'sada-74','sada-74',1);
INSERT INTO line VALUES(7,'l_f2f2b12182a6','open',NULL,2,2,'https://example.org/misaa/2209','https://example.org/misaa/2209',1);
CREATE TABLE correction (n INTEGER PRIMARY KEY, batch INTEGER NOT NULL, kind TEXT NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL, place TEXT NOT NULL,
	ended INTEGER -- batch that took it back
);
INSERT INTO correction VALUES(1,3,'cannot_link','wire-101','sada-71','c.jsonl:1',NULL);
CREATE TABLE event (n INTEGER PRIMARY KEY, batch INTEGER NOT NULL REFERENCES batch(n), story INTEGER NOT NULL REFERENCES story(n),
	kind TEXT NOT NULL, cause TEXT NOT NULL,
	data TEXT NOT NULL -- JSON
);
INSERT INTO event VALUES(1,1,1,'new','feed','{"title":"افتتاح جسر النخيل أمام حركة السير بعد عامين من الأعمال","size":1,"added":["wire-101"]}');
INSERT INTO event VALUES(2,1,3,'new','feed','{"title":"البنك المركزي يبقي سعر الفائدة عند 4.25 في المئة","size":1,"added":["wire-103"]}');
INSERT INTO event VALUES(3,1,2,'new','feed','{"title":"عاصفة رملية تغلق ميناء السدر الشرقي وتؤخر خمس سفن","size":1,"added":["wire-102"]}');
INSERT INTO event VALUES(4,1,4,'new','feed','{"title":"مكتبة المدينة القديمة تفتح قاعة للمخطوطات المرممة","size":1,"added":["wire-104"]}');
INSERT INTO event VALUES(5,2,1,'grew','feed','{"title":"افتتاح جسر النخيل أمام حركة السير بعد عامين من الأعمال","size":2,"added":["https://example.org/misaa/2201"],"outlets_added":["مرصد المساء"]}');
INSERT INTO event VALUES(6,2,6,'new','feed','{"title":"مدرسة ريفية تزرع سطحها بالخضار","size":1,"added":["sada-74"]}');
INSERT INTO event VALUES(7,2,3,'grew','feed','{"title":"البنك المركزي يبقي سعر الفائدة عند 4.25 في المئة","size":2,"added":["sada-72"],"outlets_added":["صدى الضفة"]}');
INSERT INTO event VALUES(8,2,2,'grew','feed','{"title":"عاصفة رملية تغلق ميناء السدر الشرقي وتؤخر خمس سفن","size":2,"added":["https://example.org/misaa/2204"],"outlets_added":["مرصد المساء"]}');
INSERT INTO event VALUES(9,2,5,'new','feed','{"title":"النجمة يخطف بطاقة النهائي في الوقت القاتل","size":2,"added":["https://example.org/misaa/2207","sada-73"]}');
INSERT INTO event VALUES(10,2,8,'new','feed','{"title":"أسعار الطماطم ترتفع في أسواق الجملة","size":1,"added":["https://example.org/misaa/2209"]}');
INSERT INTO event VALUES(11,2,7,'new','feed','{"title":"بعد عامين من الانتظار.. أهالي الضفة الغربية للنهر يعبرون جسرهم","size":1,"added":["sada-71"]}');
INSERT INTO event VALUES(12,4,5,'shrank','withdraw','{"title":"النجمة يخطف بطاقة النهائي في الوقت القاتل","size":1,"removed":["sada-73"]}');
CREATE TABLE mark (name TEXT PRIMARY KEY, event INTEGER NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO mark VALUES('desk',12,1796024380);
CREATE UNIQUE INDEX article_key ON article (source, key, nth);
CREATE INDEX article_at ON article (at);
CREATE INDEX article_story ON article (story);
CREATE INDEX story_last ON story (last);
CREATE INDEX story_reach ON story (state, reach);
CREATE INDEX story_head ON story (head);
CREATE INDEX story_target ON story (target) WHERE target IS NOT NULL;
CREATE INDEX line_head ON line (head);
CREATE INDEX line_target ON line (target) WHERE target IS NOT NULL;
CREATE INDEX event_batch ON event (batch);
CREATE INDEX event_story ON event (story);
COMMIT;
