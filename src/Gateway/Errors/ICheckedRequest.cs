namespace JubileeVerse.Gateway.Errors;

/// <summary>A request body that knows its own rules.</summary>
internal interface ICheckedRequest
{
    /// <summary>Adds every fault, by the field's wire name.</summary>
    void Check(Faults faults);
}
