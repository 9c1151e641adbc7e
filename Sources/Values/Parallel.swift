import Glibc

/// The same done to many things, on every core there is.
package enum Parallel {
    /// What became of the items, in their order.
    package static func map<Item: Sendable, Made: Sendable>(_ items: [Item], _ make: @escaping @Sendable (Item) -> Made) -> [Made] {
        let workers = min(items.count, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        guard workers > 1 else { return items.map(make) }
        let results = Results<Made>(items.count)
        let queue = Queue(items.count) { results[$0] = make(items[$0]) }
        // The thread that asks works too: where no other can be had, it does everything.
        let others = (1..<workers).compactMap { _ in queue.startThread() }
        queue.work()
        for thread in others { pthread_join(thread, nil) }
        return results.all
    }
}

/// Places that threads take one after the other.
private final class Queue: @unchecked Sendable {
    private let count: Int
    private let body: @Sendable (Int) -> Void
    /// Only touched between lock and unlock.
    private var next = 0
    private let lock = Lock()

    init(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) { (self.count, self.body) = (count, body) }

    func work() {
        while let place = lock.holding({ take() }) { body(place) }
    }

    private func take() -> Int? {
        guard next < count else { return nil }
        defer { next += 1 }
        return next
    }

    func startThread() -> pthread_t? {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        let code = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Queue>.fromOpaque(context).takeRetainedValue().work() }
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            context.release()
            return nil
        }
        return thread
    }
}

/// What the threads have made so far.
private final class Results<Made: Sendable>: @unchecked Sendable {
    private var made: [Made?]
    private let lock = Lock()

    init(_ count: Int) { made = [Made?](repeating: nil, count: count) }

    subscript(i: Int) -> Made? {
        get { lock.holding { made[i] } }
        set { lock.holding { made[i] = newValue } }
    }

    var all: [Made] { lock.holding { made.compactMap(\.self) } }
}

private final class Lock: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

    init() { pthread_mutex_init(mutex, nil) }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    func holding<Value>(_ body: () -> Value) -> Value {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }
}
