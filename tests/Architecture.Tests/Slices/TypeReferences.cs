using Mono.Cecil;
using Mono.Cecil.Cil;

namespace JubileeVerse.Architecture.Tests.Slices;

/// <summary>Finds the types that a compiled type refers to: in its declaration, its members, their bodies and their attributes.</summary>
internal static class TypeReferences
{
    public static IEnumerable<TypeReference> Of(TypeDefinition type)
    {
        IEnumerable<TypeReference?> declared =
        [
            type.BaseType,
            .. type.Interfaces.Select(implemented => implemented.InterfaceType),
            .. type.Fields.Select(field => field.FieldType),
            .. type.Events.Select(declaredEvent => declaredEvent.EventType),
            .. ConstraintsOf(type),
            .. AttributesOf([type, .. type.Fields, .. type.Properties, .. type.Events]),
            .. type.Methods.SelectMany(Of),
        ];
        return declared.SelectMany(Flatten).Distinct();
    }

    private static IEnumerable<TypeReference?> Of(MethodDefinition method) =>
    [
        .. SignatureOf(method),
        .. ConstraintsOf(method),
        .. AttributesOf([method, .. method.Parameters, method.MethodReturnType]),
        .. method.HasBody ? Of(method.Body) : [],
    ];

    private static IEnumerable<TypeReference?> Of(MethodBody body) =>
    [
        .. body.Variables.Select(variable => variable.VariableType),
        .. body.ExceptionHandlers.Select(handler => handler.CatchType),
        .. body.Instructions.SelectMany(instruction => Of(instruction.Operand)),
    ];

    private static IEnumerable<TypeReference?> Of(object? operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method =>
            [method.DeclaringType, .. method.GenericArguments, .. SignatureOf(method.ElementMethod)],
        MethodReference method => [method.DeclaringType, .. SignatureOf(method)],
        _ => [],
    };

    private static IEnumerable<TypeReference> SignatureOf(IMethodSignature method) =>
        method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType);

    private static IEnumerable<TypeReference> ConstraintsOf(IGenericParameterProvider owner) => owner.GenericParameters
        .SelectMany(parameter => parameter.Constraints)
        .Select(constraint => constraint.ConstraintType);

    private static IEnumerable<TypeReference> AttributesOf(IEnumerable<ICustomAttributeProvider> owners) => owners
        .SelectMany(owner => owner.CustomAttributes)
        .SelectMany(attribute => attribute.ConstructorArguments
            .Concat(attribute.Properties.Select(property => property.Argument))
            .SelectMany(argument => argument.Value is TypeReference type ? [argument.Type, type] : new[] { argument.Type })
            .Append(attribute.AttributeType));

    /// <summary>The named types that an array, a reference or a generic instance consists of.</summary>
    private static IEnumerable<TypeReference> Flatten(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Flatten).Append(generic.ElementType),
        TypeSpecification specification => Flatten(specification.ElementType),
        _ => [type],
    };
}
