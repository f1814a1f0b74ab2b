"""The words of the made-up campaign. Made up here, for measuring alone: no sentence is of a source, no place is real.

Nothing in it is a numeral, so that a passage of figures is the only one of its article that states numbers.
"""

from __future__ import annotations

import random

WHEN = (
    "Ngay từ những ngày đầu",
    "Sau mỗi buổi họp thôn",
    "Vào các buổi tối cuối tuần",
    "Khi mùa vụ đã xong",
    "Trước mùa mưa bão",
    "Qua nhiều lần bàn bạc",
    "Trong sinh hoạt hằng tháng",
    "Từ gợi ý của người cao tuổi",
    "Theo lời hẹn với bà con",
    "Giữa lúc việc đồng áng còn bộn bề",
    "Cùng với việc sửa sang đường làng",
    "Nhân ngày hội của khu dân cư",
    "Dưới sự góp sức của nhiều gia đình",
    "Sau khi nghe hết ý kiến",
    "Ở những xóm xa trung tâm nhất",
    "Nhờ cách làm từng bước",
    "Mỗi sáng thứ bảy",
    "Trên tinh thần tự nguyện",
)
WHO = (
    "tổ dân vận của thôn",
    "chi hội phụ nữ",
    "ban công tác mặt trận",
    "các cựu chiến binh trong xóm",
    "nhóm nòng cốt của đoàn thanh niên",
    "hội nông dân xã",
    "người có uy tín trong bản",
    "tổ tự quản của khu dân cư",
    "cán bộ phụ trách khối vận",
    "những hộ ở đầu ngõ",
    "thầy cô giáo của điểm trường",
    "tổ hợp tác trồng rau",
    "công an viên và dân quân",
    "các trưởng ban liên gia",
    "câu lạc bộ gia đình trẻ",
    "nhiều chủ cơ sở kinh doanh nhỏ",
    "tổ hòa giải",
    "cụm dân cư ven sông",
)
DOES = (
    "đến từng nhà trò chuyện về",
    "cùng nhau bàn kỹ",
    "lập danh sách những việc cần làm cho",
    "phân công người theo dõi",
    "góp công, góp vật liệu cho",
    "ghi lại từng ý kiến về",
    "hướng dẫn bà con cách duy trì",
    "làm mẫu để mọi người thấy rõ",
    "vận động các gia đình tham gia",
    "công khai mọi khoản thu chi của",
    "nhắc nhau giữ gìn",
    "chia thành từng nhóm nhỏ lo",
    "kiên trì giải thích lợi ích của",
    "xin ý kiến các bậc cao niên về",
    "đưa vào quy ước của thôn",
    "mời cán bộ chuyên môn về giúp",
    "nhận phần việc khó nhất trong",
    "so sánh với cách làm của xóm bên để chỉnh sửa",
)
WHAT = (
    "tuyến đường hoa trước cổng nhà",
    "việc phân loại rác ngay tại bếp",
    "con mương dẫn nước chung",
    "quỹ khuyến học của dòng họ",
    "vườn rau sạch sau nhà văn hóa",
    "hàng rào xanh thay cho tường gạch",
    "bóng đèn thắp sáng ngõ xóm",
    "tủ sách ở nhà sinh hoạt cộng đồng",
    "lịch trực giữ gìn trật tự ban đêm",
    "đội văn nghệ của bản",
    "cách ghi sổ góp công minh bạch",
    "chuyện hiến đất mở rộng lối đi",
    "bể chứa vỏ bao bì ngoài đồng",
    "bữa cơm cho người già neo đơn",
    "lớp dạy dùng điện thoại cho bà con",
    "nhóm giúp nhau làm thủ tục trực tuyến",
    "việc cưới, việc tang tiết kiệm",
    "góc tiếp dân thân thiện ở trụ sở",
    "đàn giống luân chuyển giữa các hộ khó khăn",
    "điểm thu mua nông sản của tổ hợp tác",
    "việc trồng cây chắn gió ven đê",
    "sân chơi cho trẻ nhỏ",
    "hộp thư góp ý ở đầu ngõ",
    "phiên chợ cuối tuần của phụ nữ",
)
WHY = (
    "để ai cũng thấy mình có phần trong việc chung",
    "nhờ thế những băn khoăn ban đầu dần được gỡ",
    "và cùng kiểm tra lại sau mỗi mùa vụ",
    "sao cho hộ khó khăn không bị bỏ lại phía sau",
    "với mong muốn nền nếp tốt được giữ lâu dài",
    "bởi việc gì dân hiểu rõ thì dân sẵn lòng làm",
    "mà không phải nhắc nhở nhiều như trước",
    "rồi truyền lại kinh nghiệm cho xóm kế bên",
    "qua đó tình làng nghĩa xóm thêm gắn bó",
    "dù lúc khởi đầu còn không ít ý kiến khác nhau",
    "nên cảnh quan quanh nhà văn hóa đổi khác hẳn",
    "trước khi mời cả thôn cùng góp ý thêm",
    "vì thế người đi làm ăn xa cũng gửi lời ủng hộ",
    "đúng như điều đã hứa trong buổi họp đầu tiên",
    "và coi đó là nếp sống hằng ngày của mình",
    "để lớp trẻ nhìn vào mà noi theo",
)
SAYS = (
    "Điều quan trọng là nghe dân nói trước khi nói cho dân nghe.",
    "Việc nhỏ mà làm đều thì thành nếp.",
    "Cứ công khai thì chẳng ai còn điều gì phải thắc mắc.",
    "Người đi trước chỉ cho người đi sau, không ai giữ riêng cách làm hay.",
    "Mình làm được ở ngõ nhà mình rồi mới đi nói với ngõ khác.",
    "Chỗ nào còn ý kiến khác thì quay lại bàn tiếp, không vội.",
)
HEADINGS = (
    "Bắt đầu từ chuyện nhỏ",
    "Bàn cho kỹ, làm cho đều",
    "Cách vận động ở từng ngõ",
    "Điều còn khó",
    "Kết quả bước đầu",
    "Người dân nói gì",
    "Những việc làm tiếp",
    "Kinh nghiệm rút ra",
    "Vai trò của tổ dân vận",
    "Giữ nền nếp lâu dài",
)
TOPICS = (
    "đường hoa tự quản",
    "phân loại rác tại nguồn",
    "tiếng loa an ninh",
    "vườn rau đoàn kết",
    "ngõ xóm sáng đèn",
    "tủ sách khu dân cư",
    "đàn giống luân chuyển",
    "chính quyền thân thiện",
    "gia đình hiếu học",
    "bếp ăn nghĩa tình",
    "cánh đồng không vỏ thuốc",
    "dòng kênh xanh",
    "hàng rào xanh",
    "tổ công nghệ cộng đồng",
    "chợ quê không túi ni lông",
    "nhà sạch vườn đẹp",
    "con đường bích họa",
    "mái ấm cho hộ nghèo",
    "ngày thứ bảy cùng dân",
    "hòa giải từ đầu ngõ",
    "tiết kiệm nuôi heo đất",
    "bến đò an toàn",
)
LEADS = (
    "Giữ vững",
    "Lan tỏa",
    "Cùng dân xây dựng",
    "Chuyện về",
    "Nhìn lại",
    "Thêm một mùa",
    "Khéo vận động cho",
    "Góp sức vì",
    "Bàn cách làm",
    "Nhân rộng",
)
ORGANISATIONS = (
    "Hội Phụ nữ",
    "Hội Nông dân",
    "Đoàn Thanh niên",
    "Hội Cựu chiến binh",
    "Ban Công tác Mặt trận",
    "Công an xã",
    "Trạm Y tế",
    "Trường học",
)
TAGS = (
    *("môi trường", "an ninh trật tự", "khuyến học", "đường hoa", "chuyển đổi số", "hiến đất", "tiết kiệm"),
    *("người cao tuổi", "phụ nữ", "thanh niên", "cựu chiến binh", "nông thôn mới", "đô thị văn minh", "hòa giải"),
    *("cải cách hành chính", "tổ tự quản", "thiện nguyện", "văn hóa", "sản xuất", "nước sạch"),
)
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi")
GIVEN = ("Thử An", "Thử Bình", "Thử Cúc", "Thử Dũng", "Thử Giang", "Thử Hà", "Thử Lan", "Thử Minh", "Thử Nga")
FIRST_SYLLABLES = ("Lam", "Thạch", "Vĩnh", "Tân", "Hòa", "Bạch", "Ngọc", "Cẩm", "Thanh", "Đồng", "Sơn", "Phước")
SECOND_SYLLABLES = ("Khê", "Trường Lâu", "Vân Đình", "Sa Mộc", "Thủy Liễu", "Lũng Chè", "Bãi Trầu", "Gò Mía")


def sentence(chance: random.Random) -> str:
    """One of about a million and a half sentences."""
    when, who, does, what, why = (chance.choice(bank) for bank in (WHEN, WHO, DOES, WHAT, WHY))
    if chance.random() < 0.5:
        return f"{when}, {who} {does} {what}, {why}."
    return f"{who[0].upper()}{who[1:]} {does} {what}, {why}."


def paragraph(chance: random.Random, fewest: int, most: int) -> str:
    return " ".join(sentence(chance) for _ in range(chance.randint(fewest, most)))


def topic_title(chance: random.Random) -> str:
    return f"{chance.choice(LEADS)} {chance.choice(TOPICS)}"


def person(chance: random.Random) -> str:
    return f"{chance.choice(FAMILY)} {chance.choice(GIVEN)}"


def place_name(number: int) -> str:
    """The number-th name of a place; the first 96 have no number."""
    first = FIRST_SYLLABLES[number % len(FIRST_SYLLABLES)]
    second = SECOND_SYLLABLES[number // len(FIRST_SYLLABLES) % len(SECOND_SYLLABLES)]
    again = number // (len(FIRST_SYLLABLES) * len(SECOND_SYLLABLES))
    return f"{first} {second}" + (f" {again + 1}" if again else "")
