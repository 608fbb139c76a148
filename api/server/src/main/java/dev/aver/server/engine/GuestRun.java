package dev.aver.server.engine;

import dev.aver.server.storage.StorageException;
import dev.aver.zkvm.Console;
import dev.aver.zkvm.Execution;
import dev.aver.zkvm.Executor;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.Limits;
import dev.aver.zkvm.Outcome;
import dev.aver.zkvm.machine.Engine;
import dev.aver.zkvm.profile.Profile;
import dev.aver.zkvm.profile.Profiler;
import dev.aver.zkvm.profile.Speedscope;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.segment.SegmentRule;
import java.io.IOException;
import java.io.OutputStream;

/** A run that is not proven, watched by the profiler. */
record GuestRun(Execution execution, Profile profile) {
    /** Runs a program; {@code check} is asked often, and ends the run by throwing. */
    static GuestRun of(Program program, Input input, Limits limits, Runnable check) {
        Profiler profiler = new Profiler(program);
        Executor.EngineFactory watched = profiler.engines();
        Executor.EngineFactory stoppable = (table, machine) -> {
            Engine engine = watched.create(table, machine);
            return limit -> {
                check.run();
                return engine.run(limit);
            };
        };
        Executor executor = new Executor(program, limits, SegmentRule.standard(), stoppable);
        Execution execution = executor.run(input, Console.NONE);
        return new GuestRun(execution, profiler.profile(execution.cycles()));
    }

    Outcome outcome() {
        return execution.outcome();
    }

    long cycles() {
        return execution.cycles();
    }

    byte[] journal() {
        return execution.journal();
    }

    /** Writes the profile in speedscope's format. */
    void writeProfile(String name, OutputStream out) throws StorageException {
        try {
            Speedscope.write(profile, name, "aver", out);
        } catch (StorageException e) {
            throw e;
        } catch (IOException e) {
            throw new StorageException(StorageException.Kind.BROKEN, "cannot write a profile", e);
        }
    }
}
