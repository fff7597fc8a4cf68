namespace JubileeVerse.Gateway.Errors;

internal static class CheckedRequests
{
    /// <summary>Throws one exception that lists every fault of the request.</summary>
    public static void ThrowIfInvalid(this ICheckedRequest request)
    {
        var faults = new Faults();
        request.Check(faults);
        faults.ThrowIfAny();
    }
}
