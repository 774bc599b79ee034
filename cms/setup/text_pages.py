"""The text pages that a new library starts with; librarians change them as they like."""

TEXT_PAGES = [
    {
        "title": "关于志汇",
        "title_en": "About Zhihui",
        "slug": "about",
        "body": "志汇是一座地方志的数字图书馆：编年、典籍、人物、地方、绘本、志汇角和展览，放在同一个书架上，可以一起检索。\n\n"
        "## 示例与待核\n\n标有“示例”的内容为演示而编，不是史实。标有“待核”的说法还没有查到可靠的出处。\n\n"
        "## 插图\n\n插图由本站自绘，只作示意，不作历史图像，也不作界线依据。",
        "body_en": "Zhihui is a digital library of local chronicles: entries, works, people, places, picture books, "
        "chronicle corners and exhibitions, on one shelf and in one search.\n\n"
        "## Samples and unverified statements\n\nWhat is marked SAMPLE was made up for demonstration and is not history. "
        "For what is marked UNVERIFIED no reliable source has yet been found.\n\n"
        "## Drawings\n\nThe drawings were made for this site. They are neither historical images nor evidence of any boundary.",
    },
    {
        "title": "凡例",
        "title_en": "Conventions",
        "slug": "conventions",
        "body": "## 时间\n\n时间照原文写出，并推算为公历的起讫日，用来排序和筛选。年代写作 198X，存疑写作 1985?，约略写作 1847~。\n\n"
        "## 名称\n\n一地多名，各名都记下始用与停用的时间和出处。正文引旧名，不改原文。\n\n"
        "## 人物\n\n生不立传。在世者只列所参与的事，不写生平。\n\n"
        "## 古籍\n\n古籍正文保留原字与叶码；未编码的字以〓标出，注明其编号。",
        "body_en": "## Dates\n\nDates are given as the source prints them, and are worked out as a span of days, by which they are sorted and filtered. "
        "A decade is written 198X, a doubtful year 1985?, an approximate one 1847~.\n\n"
        "## Names\n\nEvery name that a place has had is kept, with its source and the years in which it was used. Quotations keep the old name.\n\n"
        "## People\n\nThe library writes no lives of the living: they are listed by what they took part in.\n\n"
        "## Old books\n\nTexts keep their own characters and leaf numbers. A character that Unicode lacks is shown as 〓 with its number.",
    },
    {
        "title": "版权与引用",
        "title_en": "Rights and citing",
        "slug": "rights",
        "body": "每条记录都写明权利状况和允许的用途。引用时请用页面上的永久地址（/id/编号），改了题名也不会失效。",
        "body_en": "Every record states its rights and the uses they allow. Please cite the permanent address on the page "
        "(/id/number); it stays valid when a title changes.",
    },
    {
        "title": "无障碍",
        "title_en": "Accessibility",
        "slug": "accessibility",
        "body": "全站可以只用键盘，也可以不开脚本。阅读设置里可以放大字号、换明暗、提高对比。图片都有文字说明。\n\n"
        "遇到读不了的地方，请告诉编修。",
        "body_en": "Everything works by keyboard alone and with scripts off. The reading settings enlarge the type, "
        "switch between light and dark, and raise the contrast. Pictures are described in words.\n\n"
        "Please tell the editors where something cannot be read.",
    },
]
