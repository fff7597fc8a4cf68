namespace JubileeVerse.Gateway.Errors;

/// <summary>A request body that validates itself.</summary>
internal interface ICheckedRequest
{
    /// <summary>Adds every fault under the field's JSON name.</summary>
    void Check(Faults faults);
}
