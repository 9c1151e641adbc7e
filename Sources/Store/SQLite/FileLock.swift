import Glibc

/// An exclusive `flock` with a timeout. `flock` has none, and polling would let latecomers overtake; so a thread waits in the kernel's
/// queue and the caller waits for that thread.
package enum FileLock {
    /// The descriptors of the waiting thread. They are duplicates, because the thread may outlive a caller that timed out and closed its
    /// own.
    private struct Wait {
        var lock: Int32
        var out: Int32
        /// The read end, kept open so that writing to the pipe never raises SIGPIPE.
        var reader: Int32

        func close() { for descriptor in [lock, out, reader] { Glibc.close(descriptor) } }
    }

    /// - Parameter limit: milliseconds.
    /// - Returns: 0, `ETIMEDOUT`, or the `errno` of the call that failed.
    package static func acquire(_ descriptor: Int32, limit: Int) -> Int32 {
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return 0 }
        guard errno == EWOULDBLOCK || errno == EINTR else { return errno }
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return errno }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        let wait = Wait(lock: fcntl(descriptor, F_DUPFD_CLOEXEC, 0), out: ends[1], reader: fcntl(ends[0], F_DUPFD_CLOEXEC, 0))
        let failure = wait.lock < 0 || wait.reader < 0 ? errno : start(wait)
        guard failure == 0 else {
            wait.close()
            return failure
        }
        return result(from: ends[0], limit: limit)
    }

    private static func start(_ wait: Wait) -> Int32 {
        let context = UnsafeMutablePointer<Wait>.allocate(capacity: 1)
        context.initialize(to: wait)
        var thread = pthread_t()
        let failure = pthread_create(&thread, nil, FileLock.queue, context)
        if failure == 0 { pthread_detach(thread) } else { context.deallocate() }
        return failure
    }

    private static func result(from pipe: Int32, limit: Int) -> Int32 {
        let deadline = Clock.milliseconds + limit
        while true {
            var waiting = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
            let ready = poll(&waiting, 1, Int32(max(deadline - Clock.milliseconds, 0)))
            if ready == 0 { return ETIMEDOUT }
            if ready < 0, errno != EINTR { return errno }
            guard ready > 0 else { continue }
            var code = EIO
            _ = withUnsafeMutableBytes(of: &code) { read(pipe, $0.baseAddress, $0.count) }
            return code
        }
    }

    private static let queue: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        guard let context = context?.assumingMemoryBound(to: Wait.self) else { return nil }
        let wait = context.pointee
        context.deallocate()
        var code: Int32 = 0
        repeat { code = flock(wait.lock, LOCK_EX) == 0 ? 0 : errno } while code == EINTR
        _ = withUnsafeBytes(of: code) { write(wait.out, $0.baseAddress, $0.count) }
        // The lock belongs to the open file description, which the caller's descriptor keeps; if the caller timed out, this close releases
        // it.
        wait.close()
        return nil
    }
}

/// A monotonic clock.
enum Clock {
    static var microseconds: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
    }

    static var milliseconds: Int { microseconds / 1000 }
}
