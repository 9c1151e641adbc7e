import Glibc

/// Runs the same function for many items on all cores.
package enum Parallel {
    /// Returns the results in the order of the items. Items with the largest `weight` start first, so that no long one is left for the end.
    package static func map<Item: Sendable, Made: Sendable>(
        _ items: [Item], weight: (Item) -> Int = { _ in 0 }, _ make: @escaping @Sendable (Item) -> Made
    ) -> [Made] {
        guard items.count > 1 else { return items.map(make) }
        let weights = items.map(weight)
        let order = items.indices.sorted { weights[$0] > weights[$1] }
        let results = Results<Made>(items.count)
        _ = fold(items.count, into: {}) { _, place in results[order[place]] = make(items[order[place]]) }
        return results.all
    }

    /// Runs `body` for every index below `count`. Each thread, of which there is at least one, has its own sum; the result is all the sums.
    /// Which thread gets which index is not defined.
    package static func fold<Sum: Sendable>(
        _ count: Int, into make: () -> Sum, _ add: @escaping @Sendable (inout Sum, Int) -> Void
    ) -> [Sum] {
        // Finding the number of cores takes as long as measuring a small drawing.
        let workers = count < 2 ? 1 : max(1, min(count, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        let queue = Queue(count)
        let shares = (0..<workers).map { _ in Share(make(), queue, add) }
        // The calling thread works as well. If no other thread can be started, it does everything.
        let others = shares.dropFirst().compactMap { $0.startThread() }
        shares[0].work()
        for thread in others { pthread_join(thread, nil) }
        return shares.map(\.sum)
    }
}

/// A queue of indexes that threads take one by one.
private final class Queue: @unchecked Sendable {
    private let count: Int
    /// Protected by the lock.
    private var next = 0
    private let lock = Lock()

    init(_ count: Int) { self.count = count }

    func take() -> Int? {
        lock.holding {
            guard next < count else { return nil }
            defer { next += 1 }
            return next
        }
    }
}

/// The work and the sum of one thread. Nobody else accesses it before the thread has ended.
private final class Share<Sum: Sendable>: Worker, @unchecked Sendable {
    private(set) var sum: Sum
    private let queue: Queue
    private let add: @Sendable (inout Sum, Int) -> Void

    init(_ sum: Sum, _ queue: Queue, _ add: @escaping @Sendable (inout Sum, Int) -> Void) {
        (self.sum, self.queue, self.add) = (sum, queue, add)
    }

    override func work() {
        while let place = queue.take() { add(&sum, place) }
    }
}

/// The work of a thread.
private class Worker {
    func work() {}

    /// Nil if no thread can be started.
    func startThread() -> pthread_t? {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        let code = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Worker>.fromOpaque(context).takeRetainedValue().work() }
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            context.release()
            return nil
        }
        return thread
    }
}

/// The results that the threads have produced so far.
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

/// A value that several threads change, protected by a lock.
package final class Shared<Value: Sendable>: @unchecked Sendable {
    private var kept: Value
    private let lock = Lock()

    package init(_ value: Value) { kept = value }

    package var value: Value { lock.holding { kept } }

    package func change<Result>(_ body: (inout Value) -> Result) -> Result { lock.holding { body(&kept) } }
}

/// A mutex.
package final class Lock: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

    package init() { pthread_mutex_init(mutex, nil) }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    package func holding<Value>(_ body: () -> Value) -> Value {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }
}
