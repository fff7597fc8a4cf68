namespace JubileeVerse.Gateway.Errors;

/// <summary>Collects the validation faults of a request, so that one response reports all of them.</summary>
internal sealed class Faults
{
    private readonly SortedDictionary<string, List<string>> _byField = new(StringComparer.Ordinal);

    public bool Any => _byField.Count > 0;

    public void Add(string field, string rule)
    {
        if (!_byField.TryGetValue(field, out var rules))
            _byField[field] = rules = [];
        rules.Add(rule);
    }

    public void AddIf(bool isFault, string field, string rule)
    {
        if (isFault)
            Add(field, rule);
    }

    /// <param name="field">The field, spelled as in the request.</param>
    /// <param name="fault">The text of a rule, or null when the field is valid.</param>
    public void AddIfAny(string field, string? fault)
    {
        if (fault is not null)
            Add(field, fault);
    }

    public void ThrowIfAny(ErrorCode code = ErrorCode.InvalidRequest)
    {
        if (Any)
            throw new InvalidFieldsException(ToDictionary(), code);
    }

    public IReadOnlyDictionary<string, string[]> ToDictionary() => _byField.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
}
