namespace JubileeVerse.Gateway.Errors;

internal static class CheckedRequests
{
    /// <summary>Throws with every fault of the request.</summary>
    public static void ThrowIfInvalid(this ICheckedRequest request)
    {
        var faults = new Faults();
        request.Check(faults);
        faults.ThrowIfAny();
    }
}
