/// A binary heap: the least element is at the top.
struct Heap<Element: Comparable> {
    private var items: [Element] = []

    var top: Element? { items.first }

    mutating func push(_ element: Element) {
        items.append(element)
        var i = items.count - 1
        while i > 0, items[i] < items[(i - 1) / 2] {
            items.swapAt(i, (i - 1) / 2)
            i = (i - 1) / 2
        }
    }

    mutating func pop() -> Element? {
        guard let least = items.first, let last = items.popLast() else { return nil }
        if items.isEmpty { return least }
        items[0] = last
        var i = 0
        while true {
            let left = 2 * i + 1, right = left + 1
            guard left < items.count else { return least }
            let child = right < items.count && items[right] < items[left] ? right : left
            guard items[child] < items[i] else { return least }
            items.swapAt(i, child)
            i = child
        }
    }
}
