package dev.aver.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.server.service.Job;
import dev.aver.server.service.JobKind;
import dev.aver.server.service.Submission;
import dev.aver.server.store.JobRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private long sequence;

    private LiveJob job(String id, String account, int priority, long bytes, int strikes) {
        Submission submission = new Submission(
                JobKind.PROVE,
                "p",
                Optional.empty(),
                "poseidon2",
                128,
                false,
                OptionalLong.empty(),
                priority,
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                "");
        Job job = EngineFixture.queued(id, account, submission);
        Optional<JobRow.Planned> planned = Optional.of(new JobRow.Planned(1, 1, 1, bytes, 1));
        return new LiveJob(new JobRow(job, sequence++, planned, strikes, false, Optional.empty(), Optional.empty()));
    }

    private LiveJob job(String id, String account, int priority) {
        return job(id, account, priority, 1, 0);
    }

    @Test
    void accountsTakeTurnsAndTheirOwnPrioritiesDoNotHurtOthers() {
        FairQueue queue = new FairQueue();
        for (int i = 0; i < 4; i++) queue.add(job("greedy" + i, "greedy", 0));
        queue.add(job("modest-late", "modest", 9));
        queue.add(job("modest-first", "modest", 5));
        LiveJob gone = job("gone", "other", 5);
        queue.add(gone);
        queue.remove(gone);
        queue.remove(gone);
        List<String> order = new ArrayList<>();
        while (queue.peek().isPresent()) {
            order.add(queue.peek().get().id());
            queue.take(queue.peek().get());
        }
        assertThat(order).containsExactly("greedy0", "modest-first", "greedy1", "modest-late", "greedy2", "greedy3");
        assertThat(queue.size()).isZero();
    }

    /** Work that is done when the test says so. */
    private static final class Gates implements Scheduler.Work {
        private final LinkedBlockingQueue<String> begun = new LinkedBlockingQueue<>();
        private final ConcurrentHashMap<String, CountDownLatch> gates = new ConcurrentHashMap<>();

        private CountDownLatch gate(String id) {
            return gates.computeIfAbsent(id, name -> new CountDownLatch(1));
        }

        @Override
        public void execute(LiveJob job) {
            prove(job);
        }

        @Override
        public void prove(LiveJob job) {
            begun.add(job.id());
            try {
                gate(job.id()).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public long memory(LiveJob job) {
            return job.planned().orElseThrow().bytes();
        }

        String next() throws InterruptedException {
            return begun.poll(20, TimeUnit.SECONDS);
        }

        void nothingBegins() throws InterruptedException {
            assertThat(begun.poll(200, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    @Test
    void proofsRunTogetherWhileTheyFitAndNoneIsOvertaken() throws InterruptedException {
        Gates work = new Gates();
        Scheduler scheduler = new Scheduler(work, 10);
        scheduler.start(1, 3);
        scheduler.queueProof(job("a", "x", 5, 6, 0));
        assertThat(work.next()).isEqualTo("a");
        scheduler.queueProof(job("b", "x", 5, 4, 0));
        assertThat(work.next()).isEqualTo("b");
        scheduler.queueProof(job("large", "x", 5, 7, 0));
        scheduler.queueProof(job("small", "x", 5, 1, 0));
        work.nothingBegins();
        assertThat(scheduler.memoryTaken()).isEqualTo(10);
        work.gate("b").countDown();
        work.nothingBegins();
        work.gate("a").countDown();
        // They are taken in this order, at once, by two workers.
        assertThat(List.of(work.next(), work.next())).containsExactlyInAnyOrder("large", "small");
        assertThat(scheduler.running()).isEqualTo(2);
        work.gate("large").countDown();
        work.gate("small").countDown();
        scheduler.stop();
        assertThat(scheduler.awaitEnd(Duration.ofSeconds(20))).isTrue();
        assertThat(scheduler.memoryTaken()).isZero();
    }

    @Test
    void aJobThatThePreviousProcessDiedWithRunsAlone() throws InterruptedException {
        Gates work = new Gates();
        Scheduler scheduler = new Scheduler(work, 10);
        scheduler.start(1, 2);
        scheduler.queueProof(job("struck", "x", 5, 1, 1));
        assertThat(work.next()).isEqualTo("struck");
        scheduler.queueProof(job("other", "x", 5, 1, 0));
        work.nothingBegins();
        scheduler.queueExecution(job("run", "x", 5));
        assertThat(work.next()).as("executions have a lane of their own").isEqualTo("run");
        work.gate("struck").countDown();
        assertThat(work.next()).isEqualTo("other");
        scheduler.stop();
        assertThat(scheduler.awaitEnd(Duration.ofMillis(50))).isFalse();
        work.gate("other").countDown();
        work.gate("run").countDown();
        assertThat(scheduler.awaitEnd(Duration.ofSeconds(20))).isTrue();
    }
}
