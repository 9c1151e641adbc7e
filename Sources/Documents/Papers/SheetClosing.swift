/// The part below the lines: totals, payment, notes.
extension PaperLayout {
    func closing() -> [Block] {
        let totals = totals()
        let payment = payment()
        let height = max(totals.height, payment.height)
        guard height > 0 else { return notes() }
        let sums = Block(height: height, space: 12) { canvas, y in
            payment.draw(canvas, y)
            totals.draw(canvas, y)
        }
        return [sums] + notes()
    }

    /// At the right, below the amounts.
    private func totals() -> Block {
        let large = TextStyle(13, bold: true, accent)
        let left = Self.left + 292
        let rows = paper.totals.map { total in
            var style = total.strong ? large : Self.body
            // A sum is set in smaller type before its digits are cut off.
            style.size = max(min(style.size, style.size * (Self.right - left - 60) / max(type.width(total.amount, style), 1) - 0.01), 6)
            let amount = type.shortened(total.amount, Self.right - left - 60, style)
            let room = Self.right - left - type.width(amount, style) - 10
            let label = total.strong ? Self.strong : TextStyle(9.5, .muted)
            return (total: total, label: type.shortened(total.label, room, label), labelStyle: label, amount: amount, style: style)
        }
        let height = rows.reduce(0) { $0 + ($1.total.strong ? large.leading + 16 : Self.body.leading + 3) }
        return Block(height: height) { canvas, top in
            var y = top
            for row in rows {
                if row.total.strong {
                    canvas.line(left, y + 4, Self.right, y + 4, accent, width: 0.8)
                    y += 9
                }
                canvas.text(row.label, left, y + row.labelStyle.drop(beside: row.style), row.labelStyle)
                canvas.text(row.amount, Self.right, y, row.style, .right)
                y += row.style.leading + (row.total.strong ? 7 : 3)
            }
        }
    }

    /// At the left, beside the totals. The reference has a tinted background, because a payment without it cannot be assigned.
    private func payment() -> Block {
        guard let payment = paper.payment else { return Block(height: 0) { _, _ in } }
        let wide = 256.0
        let value = Self.left + 104
        let text = TextStyle(9)
        let bank = payment.bank.prefix(10).map { fact in
            (type.shortened(fact.label, 88, Self.small), type.wrap(fact.value, wide - 104, text, limit: 6))
        }
        let bold = TextStyle(10.5, bold: true, accent)
        let reference = type.wrap(payment.reference.value, wide - 112, bold, limit: 6)
        let request = payment.request.isEmpty ? [] : type.wrap(payment.request, wide, Self.small, limit: 12)
        let box = Double(reference.count) * bold.leading + 10
        let lines = bank.reduce(0) { $0 + Double($1.1.count) * text.leading + 1.5 }
        let height = 20 + box + 7 + lines + (request.isEmpty ? 0 : 6 + Double(request.count) * Self.small.leading)
        return Block(height: height) { canvas, top in
            canvas.text(payment.heading, Self.left, top, Self.strong)
            var y = top + 20
            canvas.fill(Path(Area(Self.left, y, wide, box)), accent.tint(0.09))
            canvas.fill(Path(Area(Self.left, y, 2, box)), accent)
            let label = type.shortened(payment.reference.label, 88, Self.small)
            canvas.text(label, Self.left + 10, y + 5 + Self.small.drop(beside: bold), Self.small)
            canvas.text(reference, value, y + 5, bold)
            y += box + 7
            for (label, values) in bank {
                canvas.text(label, Self.left + 10, y + Self.small.drop(beside: text), Self.small)
                y = canvas.text(values, value, y, text) + 1.5
            }
            canvas.text(request, Self.left, y + 6, Self.small)
        }
    }

    /// Makes a block of each line of text, so that long terms continue over pages. A heading stays with its first line.
    private func notes() -> [Block] {
        let text = TextStyle(8.5, Colour(0.27, 0.28, 0.31))
        return paper.notes.filter { !$0.heading.isEmpty || !$0.text.isEmpty }.flatMap { note in
            var blocks: [Block] = []
            if !note.heading.isEmpty {
                blocks.append(
                    Block(height: 15, space: 16, staysWithNext: !note.text.isEmpty) { [self] canvas, y in
                        canvas.text(type.shortened(note.heading, Self.right - Self.left, Self.strong), Self.left, y, Self.strong)
                    })
            }
            for line in note.text.isEmpty ? [] : type.wrap(note.text, Self.right - Self.left, text) {
                let space = blocks.isEmpty ? 12.0 : 0
                blocks.append(Block(height: text.leading, space: space) { canvas, y in canvas.text(line, Self.left, y, text) })
            }
            return blocks
        }
    }
}
