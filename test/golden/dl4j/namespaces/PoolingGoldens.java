// Records the pooling, spatial and normalization cases of test/golden/dl4j/namespaces from ND4J 1.0.0-M2.1: java PoolingGoldens <area>.
import java.util.*;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.*;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Pooling2D;
import org.nd4j.linalg.factory.Nd4j;

public class PoolingGoldens {
  interface Call { INDArray[] run() throws Throwable; }
  static final Random random = new Random(7);
  static final StringBuilder out = new StringBuilder();
  static INDArray x(DataType type, long... shape) {
    INDArray a = Nd4j.create(DataType.DOUBLE, shape);
    for (long i = 0; i < a.length(); i++) a.putScalar(i, Math.round(random.nextGaussian() * 64) / 32.0);
    return a.castTo(type);
  }
  static INDArray x(long... shape) { return x(DataType.DOUBLE, shape); }
  static INDArray of(DataType type, long[] shape, double... v) { return Nd4j.createFromArray(v).castTo(type).reshape(shape); }
  static String array(INDArray a) {
    if (a == null) return "null";
    StringBuilder s = new StringBuilder("{\"type\":\"" + a.dataType() + "\",\"shape\":" + Arrays.toString(a.shape()).replace(" ", "") + ",\"data\":[");
    INDArray d = a.isEmpty() ? a : a.castTo(DataType.DOUBLE).dup('c').reshape(a.length());
    for (long i = 0; i < a.length(); i++) {
      double v = d.getDouble(i);
      if (i > 0) s.append(',');
      if (Double.isNaN(v) || Double.isInfinite(v)) s.append("\"" + v + "\"");
      else if (a.dataType() == DataType.FLOAT) s.append((float) v == Math.rint(v) && Math.abs(v) < 1e7 ? String.valueOf((long) v) : String.valueOf((float) v));
      else s.append(v == Math.rint(v) && Math.abs(v) < 1e15 ? String.valueOf((long) v) : String.valueOf(v));
    }
    return s.append("]}").toString();
  }
  static String arrays(INDArray[] all) { StringJoiner j = new StringJoiner(",", "[", "]"); for (INDArray a : all) j.add(array(a)); return j.toString(); }
  static String quote(String s) { return "\"" + s.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + "\""; }
  static void rec(String op, String name, String args, INDArray[] inputs, Call call) {
    String in = arrays(inputs);
    String result = "\"results\":null,\"throws\":null";
    try { result = "\"results\":" + arrays(call.run()) + ",\"throws\":null"; }
    catch (Throwable t) { Throwable c = t; result = "\"results\":null,\"throws\":" + quote(c.getClass().getName() + ": " + String.valueOf(c.getMessage())); }
    if (out.length() > 0) out.append(",\n");
    out.append("{\"op\":" + quote(op) + ",\"name\":" + quote(name) + ",\"args\":" + args + ",\"inputs\":" + in + "," + result + "}");
    System.err.println(op + " " + name + " " + (result.length() > 240 ? result.substring(0, 240) : result));
  }
  static INDArray[] a(INDArray... all) { return all; }
  static INDArray[] exec(String op, INDArray[] in, int outputs, long[] i, double[] t, boolean... b) {
    DynamicCustomOp.DynamicCustomOpsBuilder builder = DynamicCustomOp.builder(op).addInputs(in);
    if (i.length > 0) builder.addIntegerArguments(Arrays.stream(i).mapToInt(v -> (int) v).toArray());
    if (t.length > 0) builder.addFloatingPointArguments(Arrays.stream(t).boxed().toArray(Double[]::new));
    if (b.length > 0) builder.addBooleanArguments(b);
    return Nd4j.exec(builder.build());
  }
  static long[] l(long... v) { return v; }
  static final double[] none = {};

  static void pool2d(String name, INDArray x, long kH, long kW, long sH, long sW, long pH, long pW, long dH, long dW, PaddingMode mode, Pooling2D.Divisor div, boolean nhwc) {
    String args = String.format("{\"kH\":%d,\"kW\":%d,\"sH\":%d,\"sW\":%d,\"pH\":%d,\"pW\":%d,\"dH\":%d,\"dW\":%d,\"paddingMode\":\"%s\",\"divisor\":\"%s\",\"isNHWC\":%b}", kH, kW, sH, sW, pH, pW, dH, dW, mode, div, nhwc);
    Call2 c = () -> Pooling2DConfig.builder().kH(kH).kW(kW).sH(sH).sW(sW).pH(pH).pW(pW).dH(dH).dW(dW).paddingMode(mode).divisor(div).isNHWC(nhwc).build();
    boolean avg = div == Pooling2D.Divisor.INCLUDE_PADDING;
    INDArray[] y = new INDArray[1];
    if (div == Pooling2D.Divisor.EXCLUDE_PADDING) {
      rec("cnn.maxPooling2d", name, args, a(x), () -> a(y[0] = Nd4j.cnn().maxPooling2d(x, c.get())));
    }
    rec("cnn.avgPooling2d", name, args, a(x), () -> a(y[0] = Nd4j.cnn().avgPooling2d(x, c.get())));
    if (y[0] == null || name.startsWith("padding as large") || mode == PaddingMode.CAUSAL) return;
    INDArray g = x(x.dataType(), y[0].shape());
    long m = mode == PaddingMode.SAME ? 1 : 0;
    if (!avg) rec("cnn.maxPooling2dBp", name, args, a(x, g), () -> exec("maxpool2d_bp", a(x, g), 1, l(kH, kW, sH, sW, pH, pW, dH, dW, m, 1, nhwc ? 1 : 0), none));
    rec("cnn.avgPooling2dBp", name, args, a(x, g), () -> exec("avgpool2d_bp", a(x, g), 1, l(kH, kW, sH, sW, pH, pW, dH, dW, m, avg ? 1 : 0, nhwc ? 1 : 0), none));
    if (!avg && x.dataType() == DataType.DOUBLE) for (long p : l(1, 2, 3)) {
      String pa = args.substring(0, args.length() - 1) + ",\"extra\":" + p + "}";
      rec("ops.pnormPool2d", name + " p=" + p, pa, a(x), () -> exec("pnormpool2d", a(x), 1, l(kH, kW, sH, sW, pH, pW, dH, dW, m, p, nhwc ? 1 : 0), none));
      rec("ops.pnormPool2dBp", name + " p=" + p, pa, a(x, g), () -> exec("pnormpool2d_bp", a(x, g), 1, l(kH, kW, sH, sW, pH, pW, dH, dW, m, p, nhwc ? 1 : 0), name.equals("ties") ? new double[] {0.25} : new double[] {1e-8}));
    }
  }
  interface Call2 { Pooling2DConfig get(); }
  static void pool3d(String name, INDArray x, long k, long kW, long s, long p, long d, boolean same, boolean ncdhw) {
    String args = String.format("{\"kD\":%d,\"kH\":%d,\"kW\":%d,\"sD\":%d,\"sH\":%d,\"sW\":%d,\"pD\":%d,\"pH\":%d,\"pW\":%d,\"dD\":%d,\"dH\":%d,\"dW\":%d,\"isSameMode\":%b,\"isNCDHW\":%b}", k, k, kW, s, s, s, p, p, p, d, d, d, same, ncdhw);
    INDArray[] y = new INDArray[1];
    java.util.function.Supplier<Pooling3DConfig> c = () -> Pooling3DConfig.builder().kD(k).kH(k).kW(kW).sD(s).sH(s).sW(s).pD(p).pH(p).pW(p).dD(d).dH(d).dW(d).isSameMode(same).isNCDHW(ncdhw).build();
    rec("cnn.maxPooling3d", name, args, a(x), () -> a(y[0] = Nd4j.cnn().maxPooling3d(x, c.get())));
    rec("cnn.avgPooling3d", name, args, a(x), () -> a(y[0] = Nd4j.cnn().avgPooling3d(x, c.get())));
    if (y[0] == null) return;
    INDArray g = x(x.dataType(), y[0].shape());
    rec("cnn.maxPooling3dBp", name, args, a(x, g), () -> exec("maxpool3dnew_bp", a(x, g), 1, l(k, k, kW, s, s, s, p, p, p, d, d, d, same ? 1 : 0, 1, ncdhw ? 0 : 1), none));
    rec("cnn.avgPooling3dBp", name, args, a(x, g), () -> exec("avgpool3dnew_bp", a(x, g), 1, l(k, k, kW, s, s, s, p, p, p, d, d, d, same ? 1 : 0, 0, ncdhw ? 0 : 1), none));
  }
  static void pooling() {
    Pooling2D.Divisor ex = Pooling2D.Divisor.EXCLUDE_PADDING, in = Pooling2D.Divisor.INCLUDE_PADDING;
    PaddingMode V = PaddingMode.VALID, S = PaddingMode.SAME;
    for (DataType t : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      String f = t == DataType.FLOAT ? " FLOAT" : "";
      for (Pooling2D.Divisor d : new Pooling2D.Divisor[] {ex, in}) {
        pool2d("2x2/2 " + d + f, x(t, 2, 3, 6, 7), 2, 2, 2, 2, 0, 0, 1, 1, V, d, false);
        pool2d("3x3/2 pad 1 " + d + f, x(t, 2, 2, 7, 8), 3, 3, 2, 2, 1, 1, 1, 1, V, d, false);
        pool2d("3x2/1 same " + d + f, x(t, 1, 2, 5, 6), 3, 2, 1, 1, 0, 0, 1, 1, S, d, false);
        pool2d("3x3/2 same even " + d + f, x(t, 1, 2, 8, 8), 3, 3, 2, 2, 0, 0, 1, 1, S, d, false);
        pool2d("2x3/3x1 dilated 2x1 pad 1x2 " + d + f, x(t, 1, 2, 9, 7), 2, 3, 3, 1, 1, 2, 2, 1, V, d, false);
        pool2d("3x2 dilated 2 same " + d + f, x(t, 1, 2, 9, 7), 3, 2, 2, 1, 0, 0, 2, 2, S, d, false);
        pool2d("nhwc 3x3/2 pad 1 " + d + f, x(t, 2, 7, 6, 5), 3, 3, 2, 2, 1, 1, 1, 1, V, d, true);
        pool2d("nhwc 2x2/2 same " + d + f, x(t, 2, 5, 5, 3), 2, 2, 2, 2, 0, 0, 1, 1, S, d, true);
      }
      pool2d("ties" + f, of(t, l(1, 1, 4, 4), 1, 1, 2, 2, 1, 1, 2, 2, 0, 5, 5, 0, 5, 0, 0, 5), 2, 2, 2, 2, 0, 0, 1, 1, V, ex, false);
      pool2d("ties overlapping" + f, of(t, l(1, 1, 4, 4), 1, 1, 2, 2, 1, 1, 2, 2, 0, 5, 5, 0, 5, 0, 0, 5), 3, 3, 1, 1, 0, 0, 1, 1, V, ex, false);
      double N = Double.NaN, I = Double.POSITIVE_INFINITY;
      pool2d("NaN and infinities" + f, of(t, l(1, 1, 4, 4), N, 1, N, N, 2, 3, N, N, I, 1, -I, -I, 0, -0.0, -I, -I), 2, 2, 2, 2, 0, 0, 1, 1, V, ex, false);
      pool3d("2/2" + f, x(t, 2, 2, 4, 5, 6), 2, 2, 2, 0, 1, false, true);
      pool3d("3x2/1 same" + f, x(t, 1, 2, 3, 4, 5), 3, 2, 1, 0, 1, true, true);
      pool3d("3/2 pad 1" + f, x(t, 1, 2, 5, 6, 5), 3, 3, 2, 1, 1, false, true);
      pool3d("2 dilated 2" + f, x(t, 1, 2, 5, 6, 5), 2, 2, 1, 0, 2, false, true);
      pool3d("ndhwc 3/2 pad 1" + f, x(t, 2, 4, 5, 5, 3), 3, 3, 2, 1, 1, false, false);
      pool3d("ndhwc 2/2 same" + f, x(t, 1, 3, 5, 5, 3), 2, 2, 2, 0, 1, true, false);
    }
    INDArray i = x(DataType.INT, 1, 1, 4, 4);
    pool2d("INT", i, 2, 2, 2, 2, 0, 0, 1, 1, V, ex, false);
    pool2d("rank 3", x(1, 4, 4), 2, 2, 2, 2, 0, 0, 1, 1, V, ex, false);
    pool2d("kernel larger than input", x(1, 1, 3, 3), 4, 4, 1, 1, 0, 0, 1, 1, V, ex, false);
    pool2d("kernel 0", x(1, 1, 3, 3), 0, 2, 1, 1, 0, 0, 1, 1, V, ex, false);
    pool2d("stride 0", x(1, 1, 3, 3), 2, 2, 0, 1, 0, 0, 1, 1, V, ex, false);
    pool2d("dilation 0", x(1, 1, 3, 3), 2, 2, 1, 1, 0, 0, 0, 1, V, ex, false);
    pool2d("padding negative", x(1, 1, 3, 3), 2, 2, 1, 1, -1, 0, 1, 1, V, ex, false);
    pool2d("padding as large as the kernel", x(1, 1, 3, 3), 2, 2, 1, 1, 2, 2, 1, 1, V, ex, false);
    pool2d("causal", x(1, 1, 5, 5), 2, 2, 1, 1, 0, 0, 1, 1, PaddingMode.CAUSAL, ex, false);
    for (boolean nhwc : new boolean[] {false, true}) for (DataType t : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) for (long s : l(1, 2)) {
      INDArray b = nhwc ? x(t, 2, 5, 4, 3) : x(t, 2, 3, 5, 4);
      String args = String.format("{\"kH\":2,\"kW\":2,\"sH\":%d,\"sW\":%d,\"isNHWC\":%b}", s, s, nhwc);
      rec("cnn.maxPoolWithArgmax", "stride " + s + " " + nhwc + t, args, a(b), () -> Nd4j.cnn().maxPoolWithArgmax(b, Pooling2DConfig.builder().kH(2).kW(2).sH(s).sW(s).isNHWC(nhwc).build()));
    }
  }
  static String ints(int... v) { return Arrays.toString(v).replace(" ", ""); }
  static void spatial() {
    for (DataType t : new DataType[] {DataType.DOUBLE, DataType.FLOAT, DataType.INT}) {
      INDArray x = x(t, 2, 3, 2, 3), z = x(t, 1, 2, 2, 1, 3);
      rec("cnn.upsampling2d", "one", "[2]", a(x), () -> a(Nd4j.cnn().upsampling2d(x, 2)));
      for (boolean nchw : new boolean[] {true, false}) {
        rec("cnn.upsampling2d", "two", "[2,3," + nchw + "]", a(x), () -> a(Nd4j.cnn().upsampling2d(x, 2, 3, nchw)));
        rec("cnn.upsampling3d", "three", "[" + nchw + ",2,3,1]", a(z), () -> a(Nd4j.cnn().upsampling3d(z, nchw, 2, 3, 1)));
        if (t == DataType.INT) continue;
        INDArray g = nchw ? x(t, 2, 3, 4, 9) : x(t, 2, 6, 6, 3), h = nchw ? x(t, 1, 2, 4, 3, 3) : x(t, 1, 4, 6, 1, 3);
        rec("cnn.upsampling2dBp", "two", "[2,3," + nchw + "]", a(x, g), () -> exec("upsampling2d_bp", a(x, g), 1, l(nchw ? 1 : 0), none));
        rec("cnn.upsampling3dBp", "three", "[" + nchw + ",2,3,1]", a(z, h), () -> exec("upsampling3d_bp", a(z, h), 1, l(nchw ? 1 : 0), none));
      }
      INDArray d = x(t, 2, 4, 4, 6);
      for (org.nd4j.enums.DataFormat f : org.nd4j.enums.DataFormat.values()) {
        rec("cnn.spaceToDepth", "" + f, "[2,\"" + f + "\"]", a(d), () -> a(Nd4j.cnn().spaceToDepth(d, 2, f)));
        rec("cnn.depthToSpace", "" + f, "[2,\"" + f + "\"]", a(d), () -> a(Nd4j.cnn().depthToSpace(d, 2, f)));
      }
      INDArray s = x(t, 2, 4, 6, 2), q = x(t, 12, 2, 3, 1);
      rec("cnn.spaceToBatch", "plain", "[[2,3],[0,0],[0,0]]", a(s), () -> exec("space_to_batch_nd", a(s, Nd4j.createFromArray(new int[] {2, 3}), Nd4j.createFromArray(new int[] {0, 0, 0, 0}).reshape(2, 2)), 1, l(), none));
      rec("cnn.spaceToBatch", "padded", "[[2,3],[1,2],[1,1]]", a(s), () -> exec("space_to_batch_nd", a(s, Nd4j.createFromArray(new int[] {2, 3}), Nd4j.createFromArray(new int[] {1, 2, 1, 1}).reshape(2, 2)), 1, l(), none));
      rec("cnn.spaceToBatch", "one", "[[2,2],[2,0],[0,2]]", a(s), () -> exec("space_to_batch_nd", a(s, Nd4j.createFromArray(new int[] {2, 2}), Nd4j.createFromArray(new int[] {2, 0, 0, 2}).reshape(2, 2)), 1, l(), none));
      rec("cnn.spaceToBatch", "unfit", "[[3,3],[0,0],[0,0]]", a(s), () -> exec("space_to_batch_nd", a(s, Nd4j.createFromArray(new int[] {3, 3}), Nd4j.createFromArray(new int[] {0, 0, 0, 0}).reshape(2, 2)), 1, l(), none));
      rec("cnn.batchToSpace", "plain", "[[2,3],[0,0],[0,0]]", a(q), () -> exec("batch_to_space_nd", a(q, Nd4j.createFromArray(new int[] {2, 3}), Nd4j.createFromArray(new int[] {0, 0, 0, 0}).reshape(2, 2)), 1, l(), none));
      rec("cnn.batchToSpace", "cropped", "[[2,3],[1,2],[1,1]]", a(q), () -> exec("batch_to_space_nd", a(q, Nd4j.createFromArray(new int[] {2, 3}), Nd4j.createFromArray(new int[] {1, 2, 1, 1}).reshape(2, 2)), 1, l(), none));
      rec("cnn.batchToSpace", "cropped", "[[2,2],[1,0],[0,1]]", a(q), () -> exec("batch_to_space_nd", a(q, Nd4j.createFromArray(new int[] {2, 2}), Nd4j.createFromArray(new int[] {1, 0, 0, 1}).reshape(2, 2)), 1, l(), none));
      rec("cnn.batchToSpace", "unfit", "[[5,2],[0,0],[0,0]]", a(q), () -> exec("batch_to_space_nd", a(q, Nd4j.createFromArray(new int[] {5, 2}), Nd4j.createFromArray(new int[] {0, 0, 0, 0}).reshape(2, 2)), 1, l(), none));
      INDArray p = x(t, 2, 5, 6, 2);
      for (boolean same : new boolean[] {true, false}) for (int[] k : new int[][] {{2, 3, 1, 1, 1, 1}, {3, 3, 2, 2, 1, 1}, {2, 2, 2, 1, 2, 2}}) {
        rec("cnn.extractImagePatches", "", "[" + k[0] + "," + k[1] + "," + k[2] + "," + k[3] + "," + k[4] + "," + k[5] + "," + same + "]", a(p), () -> a(Nd4j.cnn().extractImagePatches(p, k[0], k[1], k[2], k[3], k[4], k[5], same)));
        INDArray w = x(t, k[0], k[1], 2);
        int[] st = {1, k[2], k[3], 1}, ra = {1, k[4], k[5], 1};
        rec("cnn.dilation2D", "", "[" + ints(st) + "," + ints(ra) + "," + same + "]", a(p, w), () -> exec("dilation2d", a(p, w), 1, l(same ? 1 : 0, 1, k[4], k[5], 1, 1, k[2], k[3], 1), none));
      }
      INDArray n = x(t, 2, 6, 2, 3);
      for (int depth : new int[] {1, 2, 5, 9}) {
        double al = 0.3, be = depth == 2 ? 0.5 : 0.75, bi = depth == 5 ? 2 : 1;
        rec("cnn.localResponseNormalization", "", "{\"alpha\":" + al + ",\"beta\":" + be + ",\"bias\":" + bi + ",\"depth\":" + depth + "}", a(n), () -> exec("lrn", a(n), 1, l(depth), new double[] {bi, al, be}));
        INDArray g = x(t, 2, 6, 2, 3);
        if (t != DataType.INT) rec("cnn.localResponseNormalizationBp", "", "{\"alpha\":" + al + ",\"beta\":" + be + ",\"bias\":" + bi + ",\"depth\":" + depth + "}", a(n, g), () -> exec("lrn_bp", a(n, g), 1, l(depth), new double[] {bi, al, be}));
      }
    }
    INDArray r = x(2, 3, 4);
    rec("cnn.upsampling2d", "rank 3", "[2]", a(r), () -> a(Nd4j.cnn().upsampling2d(r, 2)));
    rec("cnn.spaceToDepth", "rank 3", "[2,\"NCHW\"]", a(r), () -> a(Nd4j.cnn().spaceToDepth(r, 2, org.nd4j.enums.DataFormat.NCHW)));
    INDArray odd = x(1, 3, 5, 5);
    rec("cnn.spaceToDepth", "odd", "[2,\"NCHW\"]", a(odd), () -> a(Nd4j.cnn().spaceToDepth(odd, 2, org.nd4j.enums.DataFormat.NCHW)));
    rec("cnn.depthToSpace", "odd", "[2,\"NCHW\"]", a(odd), () -> a(Nd4j.cnn().depthToSpace(odd, 2, org.nd4j.enums.DataFormat.NCHW)));
  }
  static void batch(String name, INDArray x, double eps, int... axis) {
    long[] s = Arrays.stream(axis).mapToLong(d -> x.size(d)).toArray();
    INDArray m = x(x.dataType(), s), v = x(x.dataType(), s), ga = x(x.dataType(), s), be = x(x.dataType(), s), g = x(x.dataType(), x.shape());
    v.muli(v);
    StringBuilder ax = new StringBuilder();
    for (int d : axis) ax.append("," + d);
    rec("nn.batchNorm", name, "[" + eps + ax + "]", a(x, m, v, ga, be), () -> a(Nd4j.nn().batchNorm(x, m, v, ga, be, eps, axis)));
    long[] i = new long[axis.length + 2];
    i[0] = 1; i[1] = 1;
    for (int k = 0; k < axis.length; k++) i[k + 2] = axis[k];
    rec("nn.batchNormBp", name, "[" + eps + ax + "]", a(x, m, v, ga, be, g), () -> exec("batchnorm_bp", a(x, m, v, ga, be, g), 5, i, new double[] {eps}));
  }
  static void layer(String name, INDArray x, boolean first, int... dims) {
    INDArray gain = x(x.dataType(), x.size(first ? 1 : x.rank() - 1)), bias = x(x.dataType(), x.size(first ? 1 : x.rank() - 1)), g = x(x.dataType(), x.shape());
    StringBuilder ax = new StringBuilder("[" + first);
    long[] i = new long[dims.length];
    for (int k = 0; k < dims.length; k++) { i[k] = dims[k]; ax.append("," + dims[k]); }
    rec("nn.layerNorm", name, ax + "]", a(x, gain, bias), () -> exec("layer_norm", a(x, gain, bias), 1, i, none, first));
    rec("nn.layerNorm", name, ax + "]", a(x, gain), () -> exec("layer_norm", a(x, gain), 1, i, none, first));
    rec("nn.layerNormBp", name, ax + "]", a(x, gain, bias, g), () -> exec("layer_norm_bp", a(x, gain, bias, g), 3, i, none, first));
    rec("nn.layerNormBp", name, ax + "]", a(x, gain, g), () -> exec("layer_norm_bp", a(x, gain, g), 2, i, none, first));
    rec("math.standardize", name, ax.toString().replaceFirst("(true|false),?", "") + "]", a(x), () -> a(Nd4j.math().standardize(x, dims)));
    rec("math.standardizeBp", name, ax.toString().replaceFirst("(true|false),?", "") + "]", a(x, g), () -> exec("standardize_bp", a(x, g), 1, i, none));
  }
  static void normalization() {
    for (DataType t : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      batch("nchw", x(t, 2, 3, 4, 3), 1e-3, 1);
      batch("nhwc", x(t, 2, 3, 4, 5), 1e-5, 3);
      batch("rows", x(t, 6, 5), 1e-5, 1);
      batch("rank 3", x(t, 3, 4, 2), 0.1, 1);
      batch("first", x(t, 3, 4, 2), 0.1, 0);
      batch("two", x(t, 3, 4, 2), 0.1, 1, 2);
      batch("two apart", x(t, 3, 4, 2), 0.1, 0, 2);
      layer("rows", x(t, 3, 5), false, 1);
      layer("images", x(t, 2, 3, 4, 2), true, 1, 2, 3);
      layer("channels", x(t, 2, 3, 4, 2), true, 1);
      layer("nhwc", x(t, 2, 3, 4, 2), false, 1, 2, 3);
      layer("sequence", x(t, 2, 3, 4), true, 1, 2);
      layer("last", x(t, 2, 3, 4), false, 2);
      layer("first", x(t, 4, 3), false, 0);
      INDArray c = of(t, l(3, 4), 1, 1, 1, 1, 2, Double.NaN, 3, 4, 1, Double.POSITIVE_INFINITY, 2, 3);
      INDArray g = x(t, 3, 4);
      rec("math.standardize", "constant", "[1]", a(c), () -> a(Nd4j.math().standardize(c, 1)));
      rec("math.standardizeBp", "constant", "[1]", a(c, g), () -> exec("standardize_bp", a(c, g), 1, l(1), none));
    }
    INDArray b = x(2, 3, 4), v2 = x(2), v3 = x(3);
    rec("nn.batchNorm", "wrong shape", "[0.001,1]", a(b, v2, v2, v2, v2), () -> a(Nd4j.nn().batchNorm(b, v2, v2, v2, v2, 0.001, 1)));
    rec("nn.batchNorm", "no axis", "[0.001]", a(b, x(4), x(4).mul(0).add(1), x(4), x(4)), () -> a(Nd4j.nn().batchNorm(b, x(4), x(4).mul(0).add(1), x(4), x(4), 0.001)));
    rec("nn.batchNorm", "axis 3", "[0.001,3]", a(b, v3, v3, v3, v3), () -> a(Nd4j.nn().batchNorm(b, v3, v3, v3, v3, 0.001, 3)));
    rec("math.standardize", "none", "[]", a(b), () -> a(Nd4j.math().standardize(b)));
    rec("math.standardize", "axis 3", "[3]", a(b), () -> a(Nd4j.math().standardize(b, 3)));
    INDArray ib = x(DataType.INT, 2, 3);
    rec("math.standardize", "int", "[1]", a(ib), () -> a(Nd4j.math().standardize(ib, 1)));
  }
  public static void main(String[] args) throws Throwable {
    Nd4j.getRandom().setSeed(1);
    switch (args[0]) {
      case "pooling": pooling(); break;
      case "spatial": spatial(); break;
      case "normalization": normalization(); break;
    }
    java.nio.file.Files.writeString(java.nio.file.Path.of(args[1]), "[\n" + out + "\n]\n");
    System.exit(0);
  }
}
