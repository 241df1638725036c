using System.Reflection;
using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]

namespace TorchSharp.Interop;

/// <summary>The exports of the shim in native/. Handles are pointers to libtorch's counted tensors.</summary>
internal static unsafe partial class NativeMethods
{
    public const string Library = "evenhand_torch";

    static NativeMethods() =>
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), NativeLibraryLoading.Resolve);

    [LibraryImport(Library, EntryPoint = "eh_error")]
    public static partial byte* Error(long* length);

    [LibraryImport(Library, EntryPoint = "eh_live_handles")]
    public static partial long LiveHandles();

    [LibraryImport(Library, EntryPoint = "eh_release")]
    public static partial void Release(nint tensor);

    [LibraryImport(Library, EntryPoint = "eh_find_operator", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int FindOperator(string name, string overload, nint* found);

    [LibraryImport(Library, EntryPoint = "eh_call")]
    public static partial int Call(nint op, NativeValue* arguments, int count, NativeValue* results, int capacity);

    [LibraryImport(Library, EntryPoint = "eh_more_results")]
    public static partial void MoreResults(NativeValue* results);

    [LibraryImport(Library, EntryPoint = "eh_backward")]
    public static partial int Backward(
        nint* tensors, nint* gradients, int count, nint* inputs, int inputCount, int retainGraph, int createGraph);

    [LibraryImport(Library, EntryPoint = "eh_grad")]
    public static partial int Grad(
        nint* outputs, nint* gradients, int count, nint* inputs, int inputCount, int retainGraph, int createGraph,
        int allowUnused, nint* results);

    [LibraryImport(Library, EntryPoint = "eh_set_grad_mode")]
    public static partial int SetGradMode(int enabled);

    [LibraryImport(Library, EntryPoint = "eh_grad_mode")]
    public static partial int GradMode();

    [LibraryImport(Library, EntryPoint = "eh_requires_grad")]
    public static partial int RequiresGrad(nint tensor);

    [LibraryImport(Library, EntryPoint = "eh_set_requires_grad")]
    public static partial int SetRequiresGrad(nint tensor, int required);

    [LibraryImport(Library, EntryPoint = "eh_is_leaf")]
    public static partial int IsLeaf(nint tensor);

    [LibraryImport(Library, EntryPoint = "eh_retain_grad")]
    public static partial int RetainGrad(nint tensor);

    [LibraryImport(Library, EntryPoint = "eh_get_grad")]
    public static partial int GetGrad(nint tensor, nint* gradient);

    [LibraryImport(Library, EntryPoint = "eh_set_grad")]
    public static partial int SetGrad(nint tensor, nint gradient);

    [LibraryImport(Library, EntryPoint = "eh_zero_grads")]
    public static partial int ZeroGrads(nint* tensors, int count, int setToNone);

    [LibraryImport(Library, EntryPoint = "eh_make_leaf")]
    public static partial int MakeLeaf(nint tensor, int requiresGrad, nint* leaf);

    [LibraryImport(Library, EntryPoint = "eh_dim")]
    public static partial long Dimensions(nint tensor);

    [LibraryImport(Library, EntryPoint = "eh_numel")]
    public static partial long NumberOfElements(nint tensor);

    [LibraryImport(Library, EntryPoint = "eh_dtype")]
    public static partial int ScalarType(nint tensor);

    [LibraryImport(Library, EntryPoint = "eh_element_size")]
    public static partial long ElementSize(nint tensor);

    [LibraryImport(Library, EntryPoint = "eh_device")]
    public static partial long Device(nint tensor);

    [LibraryImport(Library, EntryPoint = "eh_shape")]
    public static partial int Shape(nint tensor, long* sizes);

    [LibraryImport(Library, EntryPoint = "eh_strides")]
    public static partial int Strides(nint tensor, long* strides);

    [LibraryImport(Library, EntryPoint = "eh_is_contiguous")]
    public static partial int IsContiguous(nint tensor);

    [LibraryImport(Library, EntryPoint = "eh_data")]
    public static partial int Data(nint tensor, void** data);

    [LibraryImport(Library, EntryPoint = "eh_from_memory")]
    public static partial int FromMemory(void* data, long* sizes, int dimensions, int type, nint* made);

    [LibraryImport(Library, EntryPoint = "eh_item")]
    public static partial int Item(nint tensor, long* whole, double* real);

    [LibraryImport(Library, EntryPoint = "eh_same_tensor")]
    public static partial int SameTensor(nint first, nint second);

    [LibraryImport(Library, EntryPoint = "eh_version")]
    public static partial byte* Version();

    [LibraryImport(Library, EntryPoint = "eh_set_num_threads")]
    public static partial int SetNumThreads(int count);

    [LibraryImport(Library, EntryPoint = "eh_get_num_threads")]
    public static partial int GetNumThreads();

    [LibraryImport(Library, EntryPoint = "eh_cuda_devices")]
    public static partial int CudaDevices();

    [LibraryImport(Library, EntryPoint = "eh_manual_seed")]
    public static partial int ManualSeed(long seed);

    [LibraryImport(Library, EntryPoint = "eh_default_generator")]
    public static partial int DefaultGenerator(nint* made);

    [LibraryImport(Library, EntryPoint = "eh_new_generator")]
    public static partial int NewGenerator(long seed, nint* made);

    [LibraryImport(Library, EntryPoint = "eh_release_generator")]
    public static partial void ReleaseGenerator(nint generator);

    [LibraryImport(Library, EntryPoint = "eh_generator_seed")]
    public static partial int GeneratorSeed(nint generator, long seed);

    [LibraryImport(Library, EntryPoint = "eh_generator_initial_seed")]
    public static partial int GeneratorInitialSeed(nint generator, long* seed);

    [LibraryImport(Library, EntryPoint = "eh_generator_get_state")]
    public static partial int GeneratorGetState(nint generator, nint* state);

    [LibraryImport(Library, EntryPoint = "eh_generator_set_state")]
    public static partial int GeneratorSetState(nint generator, nint state);

    [LibraryImport(Library, EntryPoint = "eh_trim_memory")]
    public static partial int TrimMemory();

    [LibraryImport(Library, EntryPoint = "eh_autocast")]
    public static partial int Autocast(int onCuda, int enabled, int type);
}
