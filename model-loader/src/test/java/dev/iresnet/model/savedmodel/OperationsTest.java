package dev.iresnet.model.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.iresnet.model.savedmodel.Operations.Use;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.OpDef;

/** Holds the list of operations against TensorFlow's own registry. */
class OperationsTest {
    private static final Map<String, OpDef> REGISTERED = registered();

    /** Each was looked at: what it keeps or changes is of its own graph, session or step. */
    private static final Pattern LOOKED_AT =
            Pattern.compile(
                    // variables and tables of the session
                    "VarHandleOp|ReadVariableOp|VariableShape|VarIsInitializedOp|Variable(V2)?"
                            + "|Resource(Gather(Nd)?|Scatter.*|StridedSliceAssign|CountUpTo)"
                            + "|Assign(Add|Sub)?VariableOp|Resource(Sparse)?Apply.*"
                            + "|HashTable(V2)?|InitializeTableV2|LookupTable(Find|Size)V2"
                            // lists and stacks of the step
                            + "|TensorArray.*|Stack.*"
                            // call functions, which are looked at themselves
                            + "|If|While|Case|StatefulPartitionedCall"
                            // can end the run, keep their values, or tell of the device
                            + "|Assert|CheckNumerics(V2)?|GuaranteeConst|DeviceIndex"
                            // random
                            + "|.*Random.*|Stateful.*|Multinomial|NonDeterministicInts|Rng.*"
                            + "|ParameterizedTruncatedNormal|TruncatedNormal"
                            + "|SampleDistortedBoundingBox(V2)?"
                            // recurrent layers of NVIDIA's library, which have a random dropout
                            + "|CudnnRNN.*"
                            // files, in the parts for them
                            + "|Restore(V2)?|Save(V2)?|MergeV2Checkpoints"
                            // a flag of a variable
                            + "|DisableCopyOnRead");

    /** By their names, whatever the registry says of them. */
    private static final Pattern REACHES_OUTSIDE =
            Pattern.compile(
                    ".*(PyFunc|ReadFile|WriteFile|MatchingFiles|FileSystem|TextFile|Dataset"
                            + "|Iterator|Reader|Summary|Rpc|Remote|Debug|codeProto|Queue"
                            + "|Mutex|Session|Tpu|TPU|Nccl|Collective|DTensor|Infeed|Outfeed"
                            + "|TfLite|Mlir|Print|Dump|Sleep|Stage|Unbatch|BatchFunction).*"
                            + "|ImmutableConst|_?(Host)?(Send|Recv)|LookupTable(Export|Import).*"
                            + "|GenerateVocabRemapping|LoadAndRemapMatrix|Composite.*"
                            + "|_?Xla(Host|Custom|Send|Recv|Launch|Call|Run|Compile).*"
                            + "|Barrier.*|RecordInput|Skipgram|FixedUnigramCandidateSampler"
                            + "|CalibrationStatisticsSaver|DistributedSave|Abort|Timestamp|_.*");

    /** Of Keras' application networks, recurrent ones, detectors and preprocessing in the graph. */
    private static final String OF_NETWORKS =
            """
            AddV2 AvgPool BatchMatMulV2 BiasAdd BroadcastTo Cast
            CombinedNonMaxSuppression ConcatV2 Const Conv2D Conv2DBackpropInput
            DecodeImage DepthwiseConv2dNative DynamicStitch Einsum Erfc ExpandDims
            Fill FloorDiv FloorMod FusedBatchNormV3 GatherNd GatherV2 Greater
            GreaterEqual Identity IdentityN If Less LogicalAnd MatMul Max MaxPool
            Maximum Mean Minimum Mul Neg NoOp NonMaxSuppressionV3
            NonMaxSuppressionV5 Pack Pad Placeholder Prod Range ReadVariableOp
            RealDiv Relu Relu6 Reshape ResizeBilinear ReverseV2 Round Rsqrt
            ScaleAndTranslate Select SelectV2 Shape ShapeN Sigmoid Softmax Split
            Sqrt Square SquaredDifference Squeeze StatefulPartitionedCall
            StatelessWhile StopGradient StridedSlice Sub Sum Tanh
            TensorListFromTensor TensorListGetItem TensorListReserve
            TensorListSetItem TensorListStack Tile TopKV2 Transpose VarHandleOp
            Where While
            """;

    @Test
    void servesWhatNetworksAreMadeOf() {
        assertThat(listedFor(Use.SERVE)).contains(OF_NETWORKS.strip().split("\\s+", -1));
    }

    @Test
    void allAreOperationsOfTensorFlow() {
        assertThat(REGISTERED.keySet()).containsAll(Operations.table().keySet());
    }

    @Test
    void thoseWithStateWereLookedAtOneByOne() {
        assertThat(listed(OpDef::getIsStateful)).allMatch(LOOKED_AT.asMatchPredicate());
    }

    @Test
    void nothingIsListedThatReachesFilesPythonProcessesOrMachines() {
        assertThat(listed(op -> REACHES_OUTSIDE.matcher(op.getName()).matches())).isEmpty();
    }

    /** As descriptor_source of DecodeProtoV2, vocab_file of Skipgram, address of RpcClient. */
    @Test
    void noAttributeNamesAFileOrAMachine() {
        Pattern telling =
                Pattern.compile(".*(file|path|descriptor|address|url|host).*|(.*_)?dir(ectory)?");
        assertThat(
                        listed(
                                op ->
                                        op.getAttrList().stream()
                                                .filter(attr -> attr.getType().contains("string"))
                                                .anyMatch(
                                                        attr ->
                                                                telling.matcher(attr.getName())
                                                                        .matches())))
                .isEmpty();
    }

    @Test
    void filesAreForSavingAndRestoringOnly() {
        assertThat(Operations.table())
                .containsEntry("RestoreV2", Use.RESTORE)
                .containsEntry("SaveV2", Use.SAVE)
                .containsEntry("MergeV2Checkpoints", Use.SAVE);
        assertThat(listedFor(Use.RESTORE)).containsOnly("Restore", "RestoreV2");
    }

    /** Random ones by what they say of themselves: seeds, keys and generators. */
    @Test
    void whatTakesASeedIsRandom() {
        Set<String> seeded =
                listed(
                        op ->
                                op.getAttrList().stream().anyMatch(a -> a.getName().equals("seed2"))
                                        || op.getName().startsWith("StatelessRandom"));
        seeded.removeIf(op -> op.startsWith("CudnnRNN") || op.startsWith("FractionalAvgPool"));
        seeded.removeIf(op -> op.startsWith("FractionalMaxPool")); // off unless pseudo_random
        assertThat(listedFor(Use.RANDOM)).containsAll(seeded);
    }

    /** All but those of the parts that save and restore, which may name files. */
    private static Set<String> listed(Predicate<OpDef> wanted) {
        return Operations.table().entrySet().stream()
                .filter(entry -> entry.getValue() != Use.RESTORE && entry.getValue() != Use.SAVE)
                .map(Map.Entry::getKey)
                .filter(operation -> wanted.test(REGISTERED.get(operation)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> listedFor(Use use) {
        return Operations.table().entrySet().stream()
                .filter(entry -> entry.getValue() == use)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Map<String, OpDef> registered() {
        return TensorFlow.registeredOpList().getOpList().stream()
                .collect(Collectors.toMap(OpDef::getName, Function.identity()));
    }
}
