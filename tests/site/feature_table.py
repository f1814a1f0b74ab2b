"""What a portal of this kind has, the page that shows it, and its HTML there: data for test_features.py."""

from __future__ import annotations

from dataclasses import dataclass

HOST = "https://example.org/a/cho"
ARTICLE, OTHER = "/tin-tuc/2026/mo-cho/", "/tin-tuc/2026/chuan-bi/"
PROFILE, BARE = "/mo-hinh/vuon-rau/", "/mo-hinh/be-ca/"
CRITERIA, AWARDS = "/tieu-chi/", "/thong-ke/khen-thuong/"
DOCUMENT, LONG = "/van-ban/ke-hoach-cho/", "/chuyen-muc/tin-nhanh/"
RELATED = "section[data-list=related] "


@dataclass(frozen=True)
class Feature:
    """On a page, what matches the selector says exactly this, in order; `to` are the addresses it holds."""

    name: str
    page: str
    selector: str
    said: tuple[str, ...]
    to: tuple[str, ...] = ()


def words(name: str, page: str, selector: str, *said: str) -> Feature:
    return Feature(name, page, selector, said)


def links(name: str, page: str, selector: str, **to: str) -> Feature:
    """Words with where they lead, in order; the words are written with _ for a space."""
    return Feature(name, page, selector, tuple(key.replace("_", " ") for key in to), tuple(to.values()))


FEATURES = (
    # An article.
    links(
        "breadcrumb",
        ARTICLE,
        "nav.portal-crumbs a",
        Trang_chủ="/",
        Tin_tức="/tin-tuc/",
        Tin_chợ="/chuyen-muc/tin/",
        Tin_xã="/chuyen-muc/tin-xa/",
    ),
    words("breadcrumb: the page itself", ARTICLE, "nav.portal-crumbs li[aria-current=page]", "Mở chợ phiên"),
    links(
        "section and genre", ARTICLE, "p.portal-kicker a", Tin_xã="/chuyen-muc/tin-xa/", Phóng_sự="/the-loai/feature/"
    ),
    words("date-time", ARTICLE, "p.portal-byline time[datetime=2026-04-05T07:30+07:00]", "05/04/2026 07:30"),
    words("date of change", ARTICLE, "p.portal-byline time[datetime=2026-04-07]", "07/04/2026"),
    words("date without a time", OTHER, "p.portal-byline time[datetime=2026-03-20]", "20/03/2026"),
    words("sapo", ARTICLE, "p.portal-sapo", "Sapo của bài mở chợ."),
    Feature(
        "pictures",
        ARTICLE,
        "figure.portal-picture img",
        ("", ""),
    ),
    words("caption with credit", ARTICLE, "figcaption", "Cổng chợ sớm mai Ảnh: Lê Mẫu"),
    words("credit", ARTICLE, "figcaption span.portal-credit", "Ảnh: Lê Mẫu"),
    words(
        "signed author with role and organisation",
        ARTICLE,
        "p.portal-authors",
        "Trần Thị Mẫu, Phó Trưởng ban, Hội Phụ nữ Bến; Lê Mẫu",
    ),
    words("department as author", OTHER, "p.portal-authors", "Phòng Kinh tế huyện Phiên"),
    words("correction", ARTICLE, "section[aria-labelledby=phan-dinh-chinh] dl", "06/04/2026Sửa tên sạp rau."),
    words(
        "source with its date",
        ARTICLE,
        "section.portal-source p",
        "Bản tin Phiên: Chợ mở, ngày 04/04/2026. Viết lại từ nguồn.",
    ),
    Feature("link to the source", ARTICLE, "section.portal-source a", ("Chợ mở",), ("https://nguon.example.net/cho",)),
    words("source without a date", OTHER, "section.portal-source p", "Báo cáo của huyện, nguồn không ghi ngày."),
    Feature(
        "documents and transcripts as attachments",
        ARTICLE,
        "ul.portal-attachments a",
        ("Lịch chợ", "Bản chép lời: Lời rao", "Phim chợ"),
        ("/assets/ke-hoach.txt", "/assets/loi-rao.txt", "https://video.example.net/cho"),
    ),
    Feature("audio", ARTICLE, "ul.portal-attachments audio[controls]", ("",), ("/assets/loi-rao.wav",)),
    Feature("video", ARTICLE, "ul.portal-attachments video[controls]", ("",), ("/assets/cho.webm",)),
    words("figures", ARTICLE, "table.portal-figures caption", "Số rau đã bán, xã Bến"),
    links("models mentioned", ARTICLE, "section[aria-labelledby=phan-mo-hinh-trong-bai] a", Vườn_rau_chung=PROFILE),
    Feature(
        "documents cited",
        ARTICLE,
        "section[aria-labelledby=phan-van-ban] a",
        ("Kế hoạch 05/KH-CHO, ngày 04/03/2025, Ban Chợ thử nghiệm",),
        (DOCUMENT,),
    ),
    links(
        "place, field, tags",
        ARTICLE,
        "dl.portal-facts dd a",
        xã_Bến="/dia-ban/xa-ben/",
        Rau_sạch="/linh-vuc/rau/",
        Chợ_phiên="/tu-khoa/cho-phien/",
        Rau="/tu-khoa/rau/",
    ),
    links("newer in the category", ARTICLE, "p[data-beside=newer] a", Sau_buổi_chợ="/tin-tuc/2026/sau-cho/"),
    links("older in the category", ARTICLE, "p[data-beside=older] a", Chuẩn_bị_mở_chợ=OTHER),
    words("oldest of its category", OTHER, "p[data-beside=older]"),
    links(
        "Tin cùng chuyên mục",
        ARTICLE,
        "section[data-list=same-category] h3 a",
        Sau_buổi_chợ="/tin-tuc/2026/sau-cho/",
        Chuẩn_bị_mở_chợ=OTHER,
    ),
    links(
        "Đọc thêm",
        ARTICLE,
        RELATED + "h3 a",
        Sau_buổi_chợ="/tin-tuc/2026/sau-cho/",
        Cá_sông_về_chợ="/tin-tuc/2026/ca-song/",
        Bán_rau_ở_tỉnh="/tin-tuc/2026/ban-rau/",
        Chuẩn_bị_mở_chợ=OTHER,
    ),
    words(
        "Đọc thêm: why",
        ARTICLE,
        RELATED + "p.portal-card__reason",
        "Cùng mô hình",
        "Cùng địa bàn và lĩnh vực",
        "Cùng lĩnh vực",
        "Cùng lĩnh vực",
    ),
    Feature(
        "edit link",
        ARTICLE,
        "p.portal-edit a",
        ("Sửa nội dung trang này",),
        ("https://git.example.org/cho/trang/edit/chinh/docs/tin-tuc/2026/mo-cho.md",),
    ),
    # A list.
    words("introduction on the first page", LONG, "div.portal-body", "Lời giới thiệu của tin nhanh."),
    words("and on no other", LONG + "trang/2/", "div.portal-body"),
    words(
        "summary in its place",
        LONG + "trang/2/",
        "p.portal-sapo",
        "Bài trong chuyên mục Tin nhanh. Trang 2 trên 2.",
    ),
    Feature(
        "pager: first page",
        LONG,
        "nav.portal-pager a",
        ("2", "Trang sau"),
        (LONG + "trang/2/", LONG + "trang/2/"),
    ),
    Feature("pager: last page", LONG + "trang/2/", "nav.portal-pager a", ("Trang trước", "1"), (LONG, LONG)),
    words("pager: where one is", LONG + "trang/2/", "nav.portal-pager [aria-current=page]", "2"),
    words("no pager for one page", "/chuyen-muc/tin/", "nav.portal-pager"),
    words("category inside a category", "/chuyen-muc/tin/", "section.portal-inside", "Chuyên mục conTin xã (3)"),
    # A profile.
    links("status", PROFILE, "span.portal-status a", được_công_nhận="/trang-thai/recognised/"),
    words(
        "facts",
        PROFILE,
        "section[aria-labelledby=phan-thong-tin] dd",
        *("xã Bến", "Rau sạch", "không rõ", "không rõ", "không rõ", "không rõ"),
        *("Tập thể", "Cấp xã", "02/2023", "Vùng ven sông", "1.234", "Bể cá (huyện Phiên)", "Vườn rau chung"),
    ),
    links(
        "facts that lead on",
        PROFILE,
        "section[aria-labelledby=phan-thong-tin] dd a",
        **{
            "xã_Bến": "/dia-ban/xa-ben/",
            "Rau_sạch": "/linh-vuc/rau/",
            "Vùng_ven_sông": "/vung-dac-thu/ven-song/",
            "Bể_cá_(huyện_Phiên)": BARE,
            "Vườn_rau_chung": "/thong-ke/nhan-rong/#ho-vuon-rau",
        },
    ),
    words(
        "names of facts",
        BARE,
        "section[aria-labelledby=phan-thong-tin] dt",
        *("Địa bàn", "Lĩnh vực", "Xã, phường", "Thôn, tổ", "Đơn vị thực hiện", "Người phụ trách"),
        *("Loại", "Cấp đăng ký", "Bắt đầu", "Số người tham gia", "Học từ mô hình", "Họ mô hình"),
    ),
    words(
        "facts no source gives", BARE, "section[aria-labelledby=phan-thong-tin] span.portal-unknown", *["không rõ"] * 9
    ),
    words(
        "timeline",
        PROFILE,
        "ol.portal-timeline li",
        "02/2023: Đã đăng ký",
        "18/11/2024: Được công nhận (hiện nay)Cơ quan: Ban Chợ"
        "Văn bản: Kế hoạch 05/KH-CHO, ngày 04/03/2025, Ban Chợ thử nghiệm",
    ),
    words("dates of the timeline", PROFILE, "ol.portal-timeline time[datetime=2024-11-18]", "18/11/2024"),
    words(
        "the step that is the status",
        PROFILE,
        "ol.portal-timeline li[aria-current=step] strong",
        "Được công nhận",
    ),
    Feature(
        "document of a step",
        PROFILE,
        "ol.portal-timeline a",
        ("Kế hoạch 05/KH-CHO, ngày 04/03/2025, Ban Chợ thử nghiệm",),
        (DOCUMENT,),
    ),
    words("results", PROFILE, "section[aria-labelledby=phan-ket-qua] dl", "Rau bán được5.600 cân (tính đến 2025)"),
    words("awards", PROFILE, "section[aria-labelledby=phan-khen-thuong] dt", "Giấy khen (2025)", "Biểu dương (2023)"),
    words(
        "awards: by whom to whom",
        PROFILE,
        "section[aria-labelledby=phan-khen-thuong] dd",
        "cấp huyện, tập thể, người ký: Chủ tịch huyện; Kế hoạch 05/KH-CHO, ngày 04/03/2025, Ban Chợ thử nghiệm",
        "cấp xã, không rõ tập thể hay cá nhân",
    ),
    Feature(
        "awards: the roll of all",
        PROFILE,
        "section[aria-labelledby=phan-khen-thuong] p a",
        ("Khen thưởng của các mô hình trên cổng",),
        (AWARDS,),
    ),
    words(
        "points: by whose criteria, when and by whom",
        PROFILE,
        "section[aria-labelledby=phan-cham-diem] dd",
        *("Tiêu chí chợ", "Ban Chợ thử nghiệm", "31/12/2025", "Ban Chợ"),
    ),
    words(
        "points: the sum",
        PROFILE,
        "section[aria-labelledby=phan-cham-diem] caption",
        "Tổng điểm: 9,5 / 10, tính trên 1 trong 2 tiêu chí, là các tiêu chí có điểm tối đa",
    ),
    words("points: how many", PROFILE, "table[data-evaluation=tieu-chi-cho] td", "9,5", "10", "không chấm điểm", "–"),
    Feature(
        "points: of what",
        PROFILE,
        "table[data-evaluation=tieu-chi-cho] th a",
        ("Rau sạch", "Đông người"),
        (f"{CRITERIA}tieu-chi-cho/#tieu-chi-sach", f"{CRITERIA}tieu-chi-cho/#tieu-chi-dong"),
    ),
    # Criteria and awards.
    Feature(
        "sets of criteria",
        CRITERIA,
        "table[data-criteria-list] tbody th a",
        ("Tiêu chí chợ", "Tiêu chí thi rau"),
        (f"{CRITERIA}tieu-chi-cho/", f"{CRITERIA}tieu-chi-thi-rau/"),
    ),
    words(
        "sets of criteria: whose, by what act, when, how many, what points, how many models",
        CRITERIA,
        "table[data-criteria-list] tbody td",
        *("Ban Chợ thử nghiệm", "không rõ", "không rõ", "2"),
        *("Chỉ 1 trong 2 tiêu chí có điểm tối đa, nên không có tổng điểm tối đa", "1"),
        *("Ban Rau", "Kế hoạch 05/KH-CHO", "từ 01/01/2024 đến hết 31/12/2025", "3", "Tổng điểm tối đa: 20", "1"),
    ),
    words(
        "items of a set with their points",
        f"{CRITERIA}tieu-chi-thi-rau/",
        "table[data-criteria] tbody tr",
        *("1. Rau tươi10", "2. Rau ngon7,5", "3. Rau đẹp2,5"),
    ),
    words(
        "facts of a set",
        f"{CRITERIA}tieu-chi-thi-rau/",
        "dl.portal-facts dd",
        *("Ban Rau", "Kế hoạch 05/KH-CHO", "Từ 01/01/2024 đến hết 31/12/2025"),
    ),
    words(
        "a set that no longer holds",
        f"{CRITERIA}tieu-chi-thi-rau/",
        "p.portal-note",
        "Bộ tiêu chí này đã hết thời gian áp dụng (đến hết 31/12/2025).",
    ),
    words("one without an end", f"{CRITERIA}tieu-chi-cho/", "p.portal-note"),
    words("items without points", f"{CRITERIA}tieu-chi-cho/", "table[data-criteria] tbody td", "10", "–"),
    words(
        "models scored by a set",
        f"{CRITERIA}tieu-chi-cho/",
        "table[data-evaluated] tbody tr",
        "Vườn rau chungxã Bến31/12/2025Ban ChợTổng điểm: 9,5 / 10, tính trên 1 trong 2 tiêu chí, là các tiêu chí có điểm tối đa",
    ),
    words(
        "an evaluation under way",
        f"{CRITERIA}tieu-chi-thi-rau/",
        "table[data-evaluated] tbody tr",
        *("Bể cáhuyện Phiênkhông rõkhông rõMới chấm 2 trong 3 tiêu chí, được 12,25 / 17,5: chưa phải tổng điểm",),
    ),
    words("its items on the profile", BARE, "table[data-evaluation] td", "8", "10", "4,25", "7,5", "chưa chấm", "2,5"),
    words(
        "roll of honour",
        AWARDS,
        "section[data-list=roll] li",
        "Giấy khen, cấp huyện: Vườn rau chung, xã Bến; tập thể; người ký: Chủ tịch huyện; "
        "Kế hoạch 05/KH-CHO, ngày 04/03/2025, Ban Chợ thử nghiệm",
        "Biểu dương, cấp xã: Vườn rau chung, xã Bến; không rõ tập thể hay cá nhân; người ký: không rõ",
    ),
    Feature(
        "roll of honour: to model, place and document",
        AWARDS,
        "section[data-list=roll] li a",
        *(
            (
                *("Vườn rau chung", "xã Bến", "Kế hoạch 05/KH-CHO, ngày 04/03/2025, Ban Chợ thử nghiệm"),
                *("Vườn rau chung", "xã Bến"),
            ),
            (PROFILE, "/dia-ban/xa-ben/", DOCUMENT, PROFILE, "/dia-ban/xa-ben/"),
        ),
    ),
    Feature(
        "roll of honour: years",
        AWARDS,
        "section[data-list=roll] h3 a",
        ("Năm 2025", "Năm 2023"),
        (f"{AWARDS}nam/2025/", f"{AWARDS}nam/2023/"),
    ),
    Feature(
        "articles that mention it",
        PROFILE,
        "section[data-list=mentions] h3 a",
        ("Sau buổi chợ", "Mở chợ phiên"),
        ("/tin-tuc/2026/sau-cho/", ARTICLE),
    ),
    words("where it was reported", PROFILE, "section.portal-source p", "Báo cáo chợ, ngày 02/01/2026."),
    # A document.
    words(
        "document",
        DOCUMENT,
        "dl.portal-facts dd",
        *("Kế hoạch", "05/KH-CHO", "Ban Chợ thử nghiệm", "04/03/2025", "01/04/2025", "Kế hoạch mở chợ phiên", "Tải về"),
    ),
    links(
        "articles that cite a document",
        DOCUMENT,
        "section[data-list=citing] h3 a",
        Mở_chợ_phiên=ARTICLE,
        Chuẩn_bị_mở_chợ=OTHER,
    ),
    links("models that cite a document", DOCUMENT, "section[data-list=citing-models] h3 a", Vườn_rau_chung=PROFILE),
    links(
        "criteria a document gives",
        DOCUMENT,
        "section[data-list=criteria] a",
        Tiêu_chí_thi_rau="/tieu-chi/tieu-chi-thi-rau/",
    ),
    words(
        "table of documents",
        "/van-ban/",
        "table.portal-documents tr td",
        *("Ban Chợ thử nghiệm", "04/03/2025", "01/04/2025", "Kế hoạch mở chợ phiên", "Tải về", "Báo sai"),
        *("Ban Rau", "không rõ", "không rõ", "Hướng dẫn bán rau", "chưa có", "Báo sai"),
    ),
    Feature(
        "documents by kind, issuer and year",
        "/van-ban/",
        "section.portal-inside a",
        *(
            ("Hướng dẫn (1)", "Kế hoạch (1)", "Ban Chợ thử nghiệm (1)", "Ban Rau (1)", "Không rõ năm (1)", "2025 (1)"),
            (
                *("/van-ban/loai/huong-dan/", "/van-ban/loai/ke-hoach/", "/van-ban/co-quan/ban-cho-thu-nghiem/"),
                *("/van-ban/co-quan/ban-rau/", "/van-ban/nam/khong-ro/", "/van-ban/nam/2025/"),
            ),
        ),
    ),
    # The home page.
    words("banner of campaign texts", "/", "p.portal-slogan", "Chợ nào cũng vui"),
    links("lead story", "/", "section.portal-lead h3 a", Chuẩn_bị_mở_chợ=OTHER),
    Feature(
        "latest news",
        "/",
        "section[aria-labelledby=phan-tin-moi] h3 a",
        ("Bán rau ở tỉnh", "Cá sông về chợ", "Sau buổi chợ", "Mở chợ phiên", "Tin 21", "Tin 20"),
        (
            *("/tin-tuc/2026/ban-rau/", "/tin-tuc/2026/ca-song/", "/tin-tuc/2026/sau-cho/", ARTICLE),
            *("/tin-tuc/2025/tin-21/", "/tin-tuc/2025/tin-20/"),
        ),
    ),
    links("models", "/", "section[aria-labelledby=phan-mo-hinh] h3 a", Vườn_rau_chung=PROFILE, Bể_cá=BARE),
    Feature(
        "the campaign in numbers",
        "/",
        "ul.portal-numbers a",
        ("2 hồ sơ mô hình", "1 mô hình được nêu tên", "1 mô hình được công nhận", "26 tin, bài", "2 văn bản"),
        (
            *("/thong-ke/#bang-theo-linh-vuc", "/thong-ke/#bang-theo-trang-thai", "/thong-ke/#bang-theo-trang-thai"),
            *("/tin-tuc/", "/van-ban/"),
        ),
    ),
    Feature(
        "fields",
        "/",
        "ul.portal-tiles a",
        ("Rau sạch1 mô hình", "Cá sông0 mô hình"),
        ("/linh-vuc/rau/", "/linh-vuc/ca/"),
    ),
    links(
        "places",
        "/",
        "section[aria-labelledby=phan-dia-ban] a",
        huyện_Phiên="/dia-ban/phien/",
        xã_Bến="/dia-ban/xa-ben/",
    ),
)
