using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Operations;

/// <summary>
/// Validates options by the annotations of their properties. Each fault begins with the key of its setting, because several sections can
/// have the same type.
/// </summary>
/// <param name="name">The name under which the options are registered.</param>
/// <param name="path">The options' section, including the root.</param>
internal sealed class AnnotationValidator<T>(string name, string path) : IValidateOptions<T>
    where T : class
{
    private readonly string _name = name;

    public ValidateOptionsResult Validate(string? name, T options)
    {
        if (name != _name)
            return ValidateOptionsResult.Skip;

        var faults = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(faults.Select(fault => $"{path}:{string.Join(',', fault.MemberNames)}: {fault.ErrorMessage}"));
    }
}
