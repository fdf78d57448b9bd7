package dev.iresnet.clip;

import dev.iresnet.clip.CameraClips.Seen;
import dev.iresnet.clip.ClipAssembler.Fate;
import dev.iresnet.clip.ClipAssembler.Step;
import dev.iresnet.clip.ClipModel.Sent;
import java.util.ArrayList;
import java.util.List;

/** An assembler with its slots, as a job keeps them, and what comes of each frame. */
final class Assembly {
    private final ClipAssembler assembler;
    private final Seen[] slots;
    private CameraClips clips = CameraClips.NONE;
    final List<List<Seen>> complete = new ArrayList<>();
    int kept;
    int leftOut;
    int passedOver;
    int begunAnew;
    int lost;

    Assembly(ClipRules rules) {
        this.assembler = new ClipAssembler(rules);
        this.slots = new Seen[rules.length()];
    }

    static Assembly of(ClipRules rules, List<Sent> sent) {
        Assembly assembly = new Assembly(rules);
        sent.forEach(assembly::add);
        return assembly;
    }

    void add(Sent sent) {
        Step step =
                sent.missing()
                        ? assembler.missing(clips, sent.frame())
                        : assembler.next(clips, sent.frame());
        clips = step.after();
        begunAnew += step.anew() ? 1 : 0;
        lost += step.lost();
        if (!sent.missing()) {
            kept += step.fate() == Fate.KEPT ? 1 : 0;
            leftOut += step.fate() == Fate.LEFT_OUT ? 1 : 0;
            passedOver += step.fate() == Fate.PASSED_OVER ? 1 : 0;
        }
        if (step.slot() != ClipAssembler.NO_SLOT) {
            slots[step.slot()] = sent.frame();
        }
        if (step.complete()) {
            List<Seen> clip = new ArrayList<>();
            for (int i = 1; i <= slots.length; i++) {
                clip.add(slots[(step.slot() + i) % slots.length]);
            }
            complete.add(clip);
        }
    }

    int fresh() {
        return clips.fresh();
    }

    int held() {
        return clips.held();
    }

    /** The numbers of the frames of each clip. */
    List<List<Long>> numbers() {
        return complete.stream().map(clip -> clip.stream().map(Seen::number).toList()).toList();
    }
}
