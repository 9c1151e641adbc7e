import Documents
import Drawings
import Glibc

/// Documents and drawings for the tests.
enum Sample {
    static func circle(_ x: Double, _ y: Double, _ radius: Double, _ role: PreviewContour.Role) -> PreviewContour {
        PreviewContour((0..<48).map { (x + radius * cos(Double($0) * .pi / 24), y + radius * sin(Double($0) * .pi / 24)) }, role)
    }

    /// 160 mm in diameter, with eight bolt holes and a bore.
    static let flange: [PreviewContour] =
        [circle(0, 0, 80, .outer), circle(0, 0, 42, .hole)]
        + (0..<8).map { circle(62 * cos(Double($0) * .pi / 4), 62 * sin(Double($0) * .pi / 4), 7, .hole) }

    /// 120 by 60 mm with two slots and a hole.
    static let bracket: [PreviewContour] = [
        PreviewContour([(0, 0), (120, 0), (120, 25), (85, 60), (0, 60)]),
        PreviewContour([(12, 12), (42, 12), (42, 20), (12, 20)], .hole), PreviewContour([(12, 40), (42, 40), (42, 48), (12, 48)], .hole),
        circle(80, 24, 11, .hole),
    ]

    /// A box with a corner at the origin.
    static func box(_ width: Double, _ height: Double) -> Box {
        var box = Box()
        box.include(Point(0, 0))
        box.include(Point(width, height))
        return box
    }

    static let letterhead = BusinessDocument.Letterhead(
        company: "Karoo Laser & Steel (Pty) Ltd",
        lines: [
            "14 Voortrekker Street, Beaufort West, 6970", "+27 23 555 0142 · cutting@karoolaser.example",
            "VAT no. 4123456789 · Reg. no. 2014/123456/07",
        ])

    static func line(_ number: Int) -> BusinessDocument.Line {
        let names = ["Flange DN80, 8 × Ø14", "Mounting bracket, slotted", "Side panel with vent grid, left hand, for the 600 l feed mixer"]
        let drawings = [flange, bracket, [PreviewContour([(0, 0), (300, 0), (300, 90), (0, 90)])]]
        return BusinessDocument.Line(
            names[number % 3],
            details: ["flange-dn80-rev\(number).dxf", "Mild steel 6 mm · 160 × 160 mm · 1 234.5 mm cut · 9 pierces"],
            figures: ["\(4 + number)", "R 187.50", "R 12 750.00"], drawing: drawings[number % 3])
    }

    static func document(
        _ title: String, _ number: String, _ letterhead: BusinessDocument.Letterhead, day: String = "2026-11-30",
        columns: BusinessDocument.Columns = .init("Item", ["Ordered", "Delivered"])
    ) -> BusinessDocument {
        BusinessDocument(
            title: title, number: number, day: day, letterhead: letterhead, columns: columns, pageLabel: { "Page \($0) of \($1)" })
    }

    static func quote(lines: Int) -> BusinessDocument {
        var paper = document("Quotation", "QT-2026-0007", letterhead, columns: .init("Description", ["Quantity", "Unit price", "Amount"]))
        paper.to = [
            "Café Ångström Engineering CC", "Attention: René Müller", "22 Rail Road", "Prince Albert", "6930", "VAT no. 4987654321",
        ]
        paper.facts = [
            .init("Date", "30 November 2026"), .init("Valid until", "30 December 2026"), .init("Your reference", "RFQ 88/2026"),
            .init("Project", "JB-2026-11-CL0003-012"),
        ]
        paper.lines = (0..<lines).map(line)
        paper.totals = [
            .init("Subtotal", "R 12 750.00"), .init("VAT 15 %", "R 1 912.50"), .init("Total", "R 14 662.50", strong: true),
        ]
        paper.payment = .init(
            "Payment",
            bank: [
                .init("Bank", "First Karoo Bank"), .init("Account name", "Karoo Laser & Steel"), .init("Account no.", "62 123 456 789"),
                .init("Branch code", "250655"),
            ],
            reference: .init("Payment reference", "QT-2026-0007"),
            request: "Cutting starts when your payment has arrived. About € 712, 0.35 m² of plate.")
        paper.notes = [
            .init(
                "Terms",
                "Prices hold for 30 days. Material remains ours until it is paid in full. Tolerance ±0.2 mm – tighter on request. "
                    + "Drawings are cut as supplied; please check the sizes above against your own.\n"
                    + "Delivery 3 working days after payment, collection at our works."),
            .init("Remarks", "Edges deburred on one side."),
        ]
        paper.footer = "Karoo Laser & Steel (Pty) Ltd · Director: T. van der Merwe"
        return paper
    }

    /// Texts and numbers that a form without validation would accept.
    static func hostile() -> BusinessDocument {
        let word = String(repeating: "Wörd-", count: 2_000)
        let odd = "\u{0}\u{1B}[31mred\u{7}\r\n\tשלום مرحبا 日本語 👩‍👩‍👧 e\u{301} \u{202E}abc \u{FFFE}\u{10FFFF}"
        var paper = document(word, odd, .init(company: word, lines: [odd, "", word] + Array(repeating: odd, count: 30)), day: "")
        paper.to = ["", odd, word] + Array(repeating: word, count: 30)
        paper.facts = [.init("", ""), .init(word, word), .init(odd, odd)]
        paper.columns = .init(odd, [word, "", odd, odd, odd])
        let broken = [
            PreviewContour([]), PreviewContour([(.nan, 1), (.infinity, -.infinity)], .hole), PreviewContour([(5, 5)]),
            PreviewContour([(1e300, 0), (-1e300, 1)], .open),
        ]
        paper.lines = [
            .init("", figures: []), .init(word, details: [word, "", odd], figures: [word, odd, "", "", "", "too many"], drawing: broken),
            .init(odd, details: [odd], figures: [odd], drawing: [PreviewContour([(3, 3), (3, 3), (3, 3)])]),
        ]
        paper.totals = [.init("", ""), .init(word, word, strong: true), .init(odd, odd)]
        paper.payment = .init(word, bank: [.init(word, word), .init("", "")], reference: .init(odd, word), request: word)
        paper.notes = [.init("", ""), .init(word, word), .init(odd, odd)]
        paper.footer = word
        paper.mark = odd
        return paper
    }
}

extension PreviewContour {
    /// A closed contour if its role has an inside.
    init(_ points: [(Double, Double)], _ role: Role = .outer) {
        self.init(FlatContour(points: points.map { Point($0.0, $0.1) }, isClosed: role == .outer || role == .hole), role)
    }
}

extension PictureWords {
    /// Texts that the program itself does not contain.
    static let test = PictureWords(
        role: { "line of \($0)" }, nothingToDraw: "rien", nothingToCut: "rien à couper", unchanged: "inchangé", removed: "enlevé",
        added: "ajouté", more: { "encore \($0)" }, length: { "\($0) millimètres" }, size: { "\($0) sur \($1)" }, page: { "\($0) de \($1)" })
}

extension Renderable {
    func bytes(_ medium: Medium) throws -> [UInt8] { try render(medium).bytes }

    func pdf() throws -> [UInt8] { try bytes(.pdf(day: "2026-11-30")) }
}
