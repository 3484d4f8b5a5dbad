// arm64ecd: Microsoft's source annotations, all of which mean nothing to a compiler.
#pragma once

#define _In_
#define _In_opt_
#define _In_z_
#define _In_opt_z_
#define _In_range_(low, high)
#define _In_reads_(n)
#define _In_reads_opt_(n)
#define _In_reads_z_(n)
#define _In_reads_or_z_(n)
#define _In_reads_bytes_(n)
#define _In_reads_bytes_opt_(n)
#define _In_reads_to_ptr_(p)
#define _In_bytecount_(n)
#define _In_count_(n)
#define _Out_
#define _Out_opt_
#define _Out_cap_(n)
#define _Out_range_(low, high)
#define _Out_writes_(n)
#define _Out_writes_opt_(n)
#define _Out_writes_z_(n)
#define _Out_writes_opt_z_(n)
#define _Out_writes_all_(n)
#define _Out_writes_bytes_(n)
#define _Out_writes_bytes_opt_(n)
#define _Out_writes_bytes_all_(n)
#define _Out_writes_to_(n, m)
#define _Out_writes_to_opt_(n, m)
#define _Out_writes_bytes_to_(n, m)
#define _Out_writes_bytes_to_opt_(n, m)
#define _Outptr_
#define _Outptr_opt_
#define _Outptr_result_maybenull_
#define _Outptr_result_z_
#define _Outptr_opt_result_maybenull_
#define _Outptr_result_buffer_(n)
#define _Outptr_result_bytebuffer_(n)
#define _COM_Outptr_
#define _COM_Outptr_opt_
#define _Inout_
#define _Inout_opt_
#define _Inout_z_
#define _Inout_updates_(n)
#define _Inout_updates_z_(n)
#define _Inout_updates_opt_(n)
#define _Inout_updates_bytes_(n)
#define _Inout_updates_all_(n)
#define _Ret_
#define _Ret_z_
#define _Ret_opt_z_
#define _Ret_maybenull_
#define _Ret_notnull_
#define _Ret_range_(low, high)
#define _Ret_writes_(n)
#define _Ret_writes_bytes_(n)
#define _Ret_writes_maybenull_(n)
#define _Pre_
#define _Pre_notnull_
#define _Pre_satisfies_(condition)
#define _Post_
#define _Post_ptr_invalid_
#define _Post_satisfies_(condition)
#define _Deref_out_
#define _Deref_out_opt_
#define _Deref_pre_z_
#define _Deref_post_z_
#define _Printf_format_string_
#define _Scanf_format_string_
#define _Scanf_s_format_string_
#define _Check_return_
#define _Must_inspect_result_
#define _Success_(condition)
#define _On_failure_(annotations)
#define _When_(condition, annotations)
#define _At_(target, annotations)
#define _At_buffer_(target, i, n, annotations)
#define _Group_(annotations)
#define _Use_decl_annotations_
#define _Always_(annotations)
#define _Null_terminated_
#define _NullNull_terminated_
#define _Field_size_(n)
#define _Field_size_opt_(n)
#define _Field_size_bytes_(n)
#define _Field_size_full_(n)
#define _Field_range_(low, high)
#define _Field_z_
#define _Struct_size_bytes_(n)
#define _Reserved_
#define _Frees_ptr_
#define _Frees_ptr_opt_
#define _Analysis_assume_(condition)
#define _Analysis_noreturn_
#define _Acquires_lock_(lock)
#define _Releases_lock_(lock)
#define _Requires_lock_held_(lock)
#define _Requires_lock_not_held_(lock)
#define _Acquires_exclusive_lock_(lock)
#define _Releases_exclusive_lock_(lock)
#define _Acquires_shared_lock_(lock)
#define _Releases_shared_lock_(lock)
#define _Guarded_by_(lock)
#define _Interlocked_operand_
#define _IRQL_requires_max_(level)
#define _Function_class_(name)
#define _Maybenull_
#define _Notnull_
#define _Notref_
#define _Const_
#define _Raises_SEH_exception_
#define _Maybe_raises_SEH_exception_
#define _Unchanged_(what)
#define _Prepost_z_
#define __analysis_assume(condition)
